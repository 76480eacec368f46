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

/** Many bundles have the same part, and the directory of a large one takes a while to read. */
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

/** Puts a bundle together in a new folder; what comes from the store is linked, not copied, where the file system can. */
export const assembleFolder = ({ parts, own }: BundleContent, bundle: string, prefix: string): void => {
  const folder = path.join(bundle, prefix);
  fs.mkdirSync(folder, { recursive: true });
  const made = new Set([folder]);
  // One call a folder: `recursive` begins at the top for each, and a usual bundle has a thousand of them.
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
  // The time of a folder tells whether something was put into it or taken away.
  for (const each of [...made, ...foldersAbove(bundle, folder)]) stamp(each);
};

/** A bundle, and its folders that a deeper one lies in. */
const foldersAbove = (bundle: string, folder: string): readonly string[] =>
  folder === bundle ? [] : [path.dirname(folder), ...foldersAbove(bundle, path.dirname(folder))];
