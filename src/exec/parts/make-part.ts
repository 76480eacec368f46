import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText } from '../../plan/values/hash';
import { digestFileSync } from '../files/digest';
import type { InstallerUsed } from '../errors/installer-used';
import type { Part, PartFile } from '../store/part';
import { installersOf, treeOf, writePartRecord, zipOf } from '../store/part';
import { stamp } from '../files/stamp';
import { zipTree } from '../zip/zip-tree';

/** The forms in which a part is wanted. */
export interface PartForms {
  readonly zip: boolean;
  readonly tree: boolean;
}

type Listed = Omit<PartFile, 'digest'>;

/** All files of a tree, in an order that is the same on every machine. Links are followed. */
export const listFiles = (tree: string, folder = ''): readonly Listed[] =>
  fs
    .readdirSync(path.join(tree, folder), { withFileTypes: true })
    .sort((a, b) => byText(a.name, b.name))
    .flatMap((entry): readonly Listed[] => {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listFiles(tree, relative);
      const stats = fs.statSync(path.join(tree, relative), { throwIfNoEntry: false });
      if (stats?.isDirectory() === true) return listFiles(tree, relative);
      if (stats?.isFile() !== true) return [];
      return [{ path: relative, size: stats.size, executable: (stats.mode & 0o100) !== 0 }];
    });

/**
 * Makes a part of a tree: lists and digests its files, and zips them if that is wanted. The tree moves into the part.
 * If bundles will link its files, they become the store's own first.
 *
 * @param folder absolute path of the part's folder, on the disk of the tree
 * @param linked whether the files may be links into an installer's cache
 * @param readers settles when nothing reads the tree any more; no file moves before
 * @param installers the installers that made the tree
 */
export const makePart = async (
  tree: string,
  folder: string,
  forms: PartForms,
  linked: boolean,
  readers: Promise<unknown> = Promise.resolve(),
  installers: readonly InstallerUsed[] = [],
): Promise<Part> => {
  fs.mkdirSync(folder, { recursive: true });
  const listed = listFiles(tree);
  const files = forms.zip
    ? await zipTree(tree, listed, zipOf({ folder }))
    : listed.map((file) => ({ ...file, digest: digestFileSync(path.join(tree, file.path)).digest }));
  if (forms.zip) stamp(zipOf({ folder }));
  await readers;
  if (forms.tree) ownFiles(tree, treeOf({ folder }), files, linked);
  else fs.renameSync(tree, treeOf({ folder }));
  const record = {
    files,
    zip: forms.zip ? fs.statSync(zipOf({ folder })).size : null,
    own: forms.tree,
    ...installersOf({ installers }),
  };
  writePartRecord(folder, record);
  return { ...record, folder };
};

/** Moves or copies a tree's files into place, with the modes and the time of all finished files. */
const ownFiles = (tree: string, target: string, files: readonly PartFile[], linked: boolean): void => {
  const isLink = ({ path: file }: PartFile): boolean => fs.lstatSync(path.join(tree, file)).isSymbolicLink();
  // The file behind a symbolic link moves as well, so links are copied first.
  const [links, others] = [files.filter(isLink), files.filter((file) => !isLink(file))];
  const place = ({ path: file, executable }: PartFile, put: (from: string, to: string) => void): void => {
    const to = path.join(target, file);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    put(path.join(tree, file), to);
    fs.chmodSync(to, executable ? 0o755 : 0o644);
    stamp(to);
  };
  links.forEach((file) => place(file, fs.copyFileSync));
  others.forEach((file) => place(file, linked ? fs.copyFileSync : fs.renameSync));
};
