import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isThere } from '../files/file-kind';

/** A requirement by a path, as Poetry's and Hatch's builds write one of a folder beside the package: the folder of this build. */
const BY_PATH = /^(Requires-Dist: *[^@\r\n;]*[^@\s;]) *@ *file:[^\s;]*/gim;

const withoutPaths = (metadata: string): string => {
  const [headers = ''] = metadata.split(/\r?\n\r?\n/, 1);
  return headers.replace(BY_PATH, '$1') + metadata.slice(headers.length);
};

/** Takes from a distribution's METADATA where on this machine its requirements lay, and writes the file's new digest into its RECORD. */
export const tidyMetadata = (tree: string, metadataFolder: string): void => {
  const [file, record] = ['METADATA', 'RECORD'].map((name) => path.join(metadataFolder, name)) as [
    string,
    string,
  ];
  if (!isThere(file)) return;
  const before = fs.readFileSync(file, 'utf8');
  const after = withoutPaths(before);
  if (after === before) return;
  // Never written in place: the files may be links to those in the installer's cache.
  replace(file, after);
  if (!isThere(record)) return;
  const place = path.relative(tree, file).split(path.sep).join('/');
  const digest = createHash('sha256').update(after).digest('base64url');
  const line = `${place},sha256=${digest},${Buffer.byteLength(after)}`;
  const lines = fs.readFileSync(record, 'utf8').split(/\r?\n/);
  replace(record, lines.map((each) => (each.startsWith(`${place},`) ? line : each)).join('\n'));
};

const replace = (file: string, text: string): void => {
  fs.rmSync(file);
  fs.writeFileSync(file, text);
};
