import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { relativePath } from '../../plan/values/paths';
import { isThere } from '../files/file-kind';
import { recordedDigest, replaceFile } from './tidy-record';

/** A requirement by a path. Builds of Poetry and Hatch write one for a package in a folder beside, which is that of this build. */
const BY_PATH = /^(Requires-Dist: *[^@\r\n;]*[^@\s;]) *@ *file:[^\s;]*/gim;

const withoutPaths = (metadata: string): string => {
  const [headers = ''] = metadata.split(/\r?\n\r?\n/, 1);
  return headers.replace(BY_PATH, '$1') + metadata.slice(headers.length);
};

/**
 * Removes the folders of required local packages from a distribution's METADATA; gives the new line of that file in RECORD.
 *
 * @returns no line if METADATA stays as it is
 */
export const tidyMetadata = (tree: string, metadataFolder: string): readonly string[] => {
  const file = path.join(metadataFolder, 'METADATA');
  if (!isThere(file)) return [];
  const before = fs.readFileSync(file, 'utf8');
  const after = withoutPaths(before);
  if (after === before) return [];
  replaceFile(file, after);
  return [`${relativePath(tree, file)},${recordedDigest(sha256(after))},${Buffer.byteLength(after)}`];
};
