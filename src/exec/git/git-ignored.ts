import * as os from 'node:os';
import * as path from 'node:path';
import { ignoreFiles } from '../../plan/sources/ignore-files';
import { ignoresOf } from '../../plan/sources/ignore-rules';
import { foldersUpTo, isOutside, relativePath } from '../../plan/values/paths';
import type { SnapshotFile } from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import { homeOf } from '../files/home';
import { readText } from '../files/read-text';

const NAME = '.gitignore';

/** The place of a package. */
interface PackagePlace {
  /** Absolute path of the package's folder. */
  readonly folder: string;
  /** Absolute path of the topmost folder above it that is searched. */
  readonly within: string;
}

/**
 * The topmost folder above a package in which a `.gitignore` counts. Backends look above the app, up to the root of a
 * repository or of the disk. A `.git` does not mark the root here, so that the same tree gives the same wheel without
 * it. A `.gitignore` in the home folder, in the folder for temporary files or above these belongs to the machine, and
 * counts for no package.
 *
 * @param never absolute paths of folders of the machine
 */
export const lastIgnoring = (folder: string, never: readonly string[] = [homeOf(), os.tmpdir()]): string => {
  const folders = foldersUpTo(folder, path.parse(folder).root);
  const end = folders.findIndex(
    (one) => path.dirname(one) === one || never.some((place) => !isOutside(one, place)),
  );
  return folders[end - 1] ?? folder;
};

/** The nearest `.gitignore` above a package without its own file, relative to the package's folder. */
export const nearestIgnoreFile = ({ folder, within }: PackagePlace): readonly string[] => {
  const holder = foldersUpTo(folder, within).find((one) => isThere(path.join(one, NAME)));
  return holder === undefined || holder === folder ? [] : [relativePath(folder, path.join(holder, NAME))];
};

/** A folder relative to another; empty for the same folder. */
const seenFrom = (root: string, folder: string): string => {
  const relative = relativePath(root, folder);
  return relative === '.' ? '' : relative;
};

/**
 * The files of a package without the files that Git ignores, by the `.gitignore` files from `within` down. Git itself
 * is not run, so that every machine gives the same files.
 *
 * @param kept patterns, relative to the package's folder, of files that stay anyway
 */
export const withoutIgnored = (
  files: readonly SnapshotFile[],
  { folder, within }: PackagePlace,
  kept: readonly string[],
): readonly SnapshotFile[] => {
  const below = files
    .map((file) => path.join(folder, file.path))
    .filter((file) => path.basename(file) === NAME);
  const holders = new Set([...foldersUpTo(folder, within), ...below.map((file) => path.dirname(file))]);
  const ignores = ignoreFiles(
    [...holders].flatMap((holder) => {
      const file = path.join(holder, NAME);
      const read = isThere(file) ? readText(file) : undefined;
      return read?._tag === 'Text' ? [{ folder: seenFrom(within, holder), text: read.text }] : [];
    }),
  );
  const stays = ignoresOf(kept.map((pattern) => `/${pattern.replace(/^(?:\.\/)?\/?/, '')}`));
  const place = seenFrom(within, folder);
  return files.filter((file) => stays(file.path) || !ignores(path.posix.join(place, file.path)));
};
