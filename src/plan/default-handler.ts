import type { BundleRequest } from './bundle-request';
import { entryCandidates } from './entry';
import { DEFAULT_HANDLER } from './handler';
import { plainlyDefines } from './plain-definition';
import { readDefinitions } from './python-definitions';
import type { SnapshotEntry } from './source-snapshot';

/** What AWS's own construct, whose `entry` is always a folder, calls it. */
const HANDLER_OF_FOLDER = 'handler';

/** The function that an entry exports where the request names none. */
export const defaultHandler = (request: BundleRequest, entry: SnapshotEntry): string =>
  isInFolder(request, entry) ? handlerOfFolder(entry.source) : DEFAULT_HANDLER;

/** Whether the request names the entry's folder, and not the file. */
const isInFolder = (request: BundleRequest, { root }: SnapshotEntry): boolean =>
  request.entry._tag === 'ByPath' && entryCandidates(request).includes(root);

/** `handler`, unless the module defines the other name and not this one. */
const handlerOfFolder = (source: string): string => {
  if (plainlyDefines(source, HANDLER_OF_FOLDER)) return HANDLER_OF_FOLDER;
  // The parser is only loaded where the text alone does not tell.
  if (plainlyDefines(source, DEFAULT_HANDLER) && !/\bhandler\b/.test(source)) return DEFAULT_HANDLER;
  const { names } = readDefinitions(source);
  return names.has(DEFAULT_HANDLER) && !names.has(HANDLER_OF_FOLDER) ? DEFAULT_HANDLER : HANDLER_OF_FOLDER;
};
