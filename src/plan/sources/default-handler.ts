import * as path from 'node:path';
import type { BundleRequest } from '../request/bundle-request';
import { entryCandidates } from '../request/entry';
import { DEFAULT_HANDLER } from './handler';
import { relativePath, staysInside } from '../values/paths';
import { plainlyDefines } from '../python-source/plain-definition';
import { readDefinitions } from '../python-source/python-definitions';
import type { SnapshotEntry } from '../model/source-snapshot';

/** The default function name of AWS's own construct, whose `entry` is always a folder. */
const HANDLER_OF_FOLDER = 'handler';

/** The name of the entry's function if the request names none. */
export const defaultHandler = (request: BundleRequest, entry: SnapshotEntry): string =>
  isInFolder(request, entry) ? handlerOfFolder(entry.source) : DEFAULT_HANDLER;

/** Whether the request names a folder, not the file. In a `src` layout the root lies above that folder. */
const isInFolder = (request: BundleRequest, { root, path: file }: SnapshotEntry): boolean => {
  if (request.entry._tag !== 'ByPath' || file === null) return false;
  const found = path.join(root, file);
  return entryCandidates(request).some((one) => one !== found && staysInside(relativePath(one, found)));
};

/** `handler`, unless the module defines only the other name. */
const handlerOfFolder = (source: string): string => {
  if (plainlyDefines(source, HANDLER_OF_FOLDER)) return HANDLER_OF_FOLDER;
  // The parser is only loaded if the text alone does not decide.
  if (plainlyDefines(source, DEFAULT_HANDLER) && !/\bhandler\b/.test(source)) return DEFAULT_HANDLER;
  const { names } = readDefinitions(source);
  return names.has(DEFAULT_HANDLER) && !names.has(HANDLER_OF_FOLDER) ? DEFAULT_HANDLER : HANDLER_OF_FOLDER;
};
