import * as fs from 'node:fs';
import * as path from 'node:path';
import type { LeftOut } from '../../plan/model/install-plan';
import { leavesOut, omittedNames } from '../../plan/parts/omitted-distributions';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { listFiles } from './make-part';
import { removeFiles } from '../files/remove-files';
import { tidyRecord } from '../distributions/tidy-record';

/** Modules of which something is left out. */
interface Modules {
  /** Absolute path of the folder they lie in. */
  readonly tree: string;
  readonly distributions: readonly InstalledDistribution[];
  /** All files that patterns may take out, relative to the folder; asked for only where there are patterns. */
  readonly files: () => readonly string[];
  /** Files of the user's that have a module's place, and stay. */
  readonly taken: readonly string[];
}

/** Whether a module's file was left out, by its path relative to the tree. */
export type IsGone = (file: string) => boolean;

/**
 * Takes out of a tree what a plan leaves out: the files of distributions, as they list them, and those that patterns match.
 * What two distributions list stays for the other one. Nothing outside of the tree is touched, whatever a list says.
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

/** The files of a distribution's metadata, which it need not list. */
const metadataOf = (tree: string, { folder }: InstalledDistribution): readonly string[] =>
  fs.existsSync(path.join(tree, folder))
    ? listFiles(path.join(tree, folder)).map((file) => `${folder}/${file.path}`)
    : [];
