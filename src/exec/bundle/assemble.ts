import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleContent } from './bundle-content';
import { joinZips } from '../zip/join-zips';
import { linkFile } from '../files/link-file';
import type { Part } from '../store/part';
import { treeOf, zipOf } from '../store/part';
import { stamp } from '../files/stamp';
import type { CentralDirectory } from '../zip/zip-directory';
import { readDirectory } from '../zip/zip-directory';
import { zipFiles } from '../zip/zip-files';

/** Many bundles have the same part, and reading a large part's directory takes a while. */
const directories = new WeakMap<Part, CentralDirectory>();

const directoryOf = (part: Part): CentralDirectory => {
  const directory = directories.get(part) ?? readDirectory(zipOf(part));
  directories.set(part, directory);
  return directory;
};

/**
 * Writes a bundle as a zip.
 *
 * @param prefix folder in the bundle that everything goes to, with `/`; `.` for the bundle itself
 */
export const assembleZip = ({ parts, own }: BundleContent, target: string, prefix: string): void => {
  joinZips(
    parts.map((part) => ({ file: zipOf(part), directory: directoryOf(part) })),
    zipFiles(own),
    target,
    prefix,
  );
};

/** Puts a bundle together in a new folder. Files of the store are linked, not copied, if the file system allows. */
export const assembleFolder = ({ parts, own }: BundleContent, bundle: string, prefix: string): void => {
  const folder = path.join(bundle, prefix);
  fs.mkdirSync(folder, { recursive: true });
  const made = new Set([folder]);
  // One call a folder: `recursive` begins at the top each time, and a usual bundle has a thousand folders.
  const make = (parent: string): void => {
    if (made.has(parent)) return;
    make(path.dirname(parent));
    fs.mkdirSync(parent);
    made.add(parent);
  };
  const inFolder = (file: string): string => {
    const target = path.join(folder, file);
    make(path.dirname(target));
    return target;
  };
  for (const part of parts) {
    for (const file of part.files) linkFile(path.join(treeOf(part), file.path), inFolder(file.path));
  }
  for (const { path: file, content, executable } of own) {
    const target = inFolder(file);
    fs.writeFileSync(target, content);
    fs.chmodSync(target, executable ? 0o755 : 0o644);
    stamp(target);
  }
  // The time of a folder shows whether an entry was added or removed.
  for (const each of [...made, ...foldersAbove(bundle, folder)]) stamp(each);
};

/** The folders of a bundle that a deeper one lies in, and the bundle itself. */
const foldersAbove = (bundle: string, folder: string): readonly string[] =>
  folder === bundle ? [] : [path.dirname(folder), ...foldersAbove(bundle, path.dirname(folder))];
