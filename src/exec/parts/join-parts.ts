import * as fs from 'node:fs';
import * as path from 'node:path';
import { allInstallers } from '../errors/installer-used';
import { linkFile } from '../files/link-file';
import type { PartForms } from './make-part';
import type { Part, PartFile } from '../store/part';
import { filesInTree, installersOf, treeOf, writePartRecord, zipOf } from '../store/part';
import { selectZip } from '../zip/select-zip';
import { stamp } from '../files/stamp';
import { inTreeOrder } from '../files/tree-order';

/** A part, and those of its files that are wanted. */
export interface Selection {
  readonly part: Part;
  readonly files: readonly PartFile[];
}

/** Selects files of a part by their paths. */
export const selected = (part: Part, isWanted: (path: string) => boolean): Selection => ({
  part,
  files: part.files.filter((file) => isWanted(file.path)),
});

/** The forms in which a joined part is wanted. */
export interface JoinedForms extends PartForms {
  /** Whether the tree has all files even if only the zip is wanted. @default false: only metadata of distributions */
  readonly unpacked?: boolean;
}

/**
 * Makes a part of files of other parts. Files are linked, and nothing is compressed again. Undefined if two parts have
 * different files at one path.
 *
 * @param folder absolute path of the new part's folder, on the disk of the others
 */
export const joinParts = (
  selections: readonly Selection[],
  folder: string,
  forms: JoinedForms,
): Part | undefined => {
  const owners = new Map<string, { readonly part: Part; readonly file: PartFile }>();
  for (const { part, files } of selections) {
    for (const file of files) {
      const other = owners.get(file.path)?.file;
      if (other !== undefined && (other.digest !== file.digest || other.executable !== file.executable))
        return undefined;
      if (other === undefined) owners.set(file.path, { part, file });
    }
  }
  const taken = inTreeOrder([...owners.values()], ({ file }) => file.path);
  const files = taken.map(({ file }) => file);
  const isClash = files.some(
    ({ path: file }, index) => files[index + 1]?.path.startsWith(`${file}/`) === true,
  );
  if (isClash) return undefined;
  const tree = treeOf({ folder });
  const made = new Set<string>();
  fs.mkdirSync(tree, { recursive: true });
  const record = {
    files,
    own: forms.tree,
    ...(forms.tree || forms.unpacked === true || !forms.zip ? {} : { metadataOnly: true }),
  };
  for (const file of filesInTree(files, record)) {
    const part = owners.get(file.path)?.part ?? { folder };
    const parent = path.dirname(path.join(tree, file.path));
    if (!made.has(parent)) fs.mkdirSync(parent, { recursive: true });
    made.add(parent);
    linkFile(path.join(treeOf(part), file.path), path.join(tree, file.path));
  }
  if (forms.zip) {
    const sources = selections.map(({ part }) => ({
      file: zipOf(part),
      isWanted: (file: string) => owners.get(file)?.part === part,
    }));
    selectZip(sources, zipOf({ folder }));
    stamp(zipOf({ folder }));
  }
  const installers = allInstallers(selections.map(({ part }) => part.installers));
  const finished = {
    ...record,
    ...installersOf({ installers }),
    zip: forms.zip ? fs.statSync(zipOf({ folder })).size : null,
  };
  writePartRecord(folder, finished);
  return { ...finished, folder };
};
