import * as fs from 'node:fs';
import * as path from 'node:path';
import type { LeftOut } from '../../plan/model/install-plan';
import { leavesOut, omittedNames } from '../../plan/parts/omitted-distributions';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { listFiles } from './make-part';
import { removeFiles } from '../files/remove-files';
import { tidyRecord } from '../distributions/tidy-record';

/** Modules from which files are left out. */
interface Modules {
  /** Absolute path of their folder. */
  readonly tree: string;
  readonly distributions: readonly InstalledDistribution[];
  /** All files that patterns may remove, relative to the folder; called only if there are patterns. */
  readonly files: () => readonly string[];
  /** The user's own files at paths of modules; they stay. */
  readonly taken: readonly string[];
}

/** Whether a file of a module was left out, by its path relative to the tree. */
export type IsGone = (file: string) => boolean;

/**
 * Removes from a tree the files that a plan leaves out: those that omitted distributions list, and those that patterns
 * match. A file that another distribution lists as well stays. No file outside the tree is touched, even if a list
 * names one.
 */
export const leaveOut = ({ tree, distributions, files, taken }: Modules, leftOut: LeftOut): IsGone => {
  const names = new Set(omittedNames(distributions, leftOut));
  const omitted = distributions.filter(({ name }) => names.has(name));
  const staying = distributions.filter(({ name }) => !names.has(name));
  const shared = new Set(omitted.length === 0 ? [] : staying.flatMap((one) => one.files));
  const listed = new Set(
    omitted.flatMap((one) => [...one.files, ...metadataOf(tree, one)]).filter((file) => !shared.has(file)),
  );
  const matches = leavesOut(leftOut.exclude);
  const matched = leftOut.exclude.length === 0 ? [] : files().filter(matches);
  const gone = [...listed, ...matched].filter((file) => !taken.includes(file));
  if (gone.length > 0) {
    removeFiles(tree, gone);
    staying.forEach(({ folder }) => tidyRecord(tree, path.join(tree, folder)));
  }
  const isMetadata = (file: string): boolean => omitted.some(({ folder }) => file.startsWith(`${folder}/`));
  return (file) => listed.has(file) || matches(file) || isMetadata(file);
};

/** The metadata files of a distribution, which need not list them. */
const metadataOf = (tree: string, { folder }: InstalledDistribution): readonly string[] =>
  fs.existsSync(path.join(tree, folder))
    ? listFiles(path.join(tree, folder)).map((file) => `${folder}/${file.path}`)
    : [];
