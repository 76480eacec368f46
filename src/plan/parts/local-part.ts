import * as path from 'node:path';
import type { GitMetadata } from '../model/git-metadata';
import type { InstallInput, InstallPlan } from '../model/install-plan';
import type { PackageMetadataFiles } from '../packaging/local/local-package';
import type { LocalWay } from './local-install-executor';
import { mayInstallAlone } from './local-install-executor';
import { localPackageName, PACKAGE_METADATA_FILES } from '../packaging/local/local-package';
import { normalizeName } from '../packaging/requirement/package-name';
import type { PackageFiles } from '../packaging/builds/build-reads-neighbours';
import { readsBeside, runsCode } from '../packaging/builds/build-reads-neighbours';

/** A local package that is its own part of the store: an edit of its files reinstalls only this package. */
export interface LocalPart {
  /** Normalized name of the distribution. */
  readonly name: string;
  /** The package's folder among the gathered inputs, with `/`; `.` for the folder that gathers them. */
  readonly folder: string;
  /** All inputs that the package's build may read. */
  readonly inputs: readonly InstallInput[];
  /** Whether the package's build may run code that changes files of another package. */
  readonly runsCode: boolean;
}

/** The local packages of an install, and the inputs that decide the other modules. */
export interface LocalParts {
  readonly parts: readonly LocalPart[];
  readonly others: readonly InstallInput[];
}

/** Files above a package that may affect its build: hatchling excludes files that the nearest ignore file names. */
const DECIDES_BELOW: readonly string[] = [...PACKAGE_METADATA_FILES, '.gitignore', '.hgignore'];

const ARCHIVE = /\.(whl|egg|zip|tar|tgz|gz|bz2|xz|zst)$/i;

/** Whether an input has the name and requirements of a package. */
export const isMetadata = (file: string): boolean =>
  (PACKAGE_METADATA_FILES as readonly string[]).includes(path.posix.basename(file));

/** The folders, among the gathered inputs, of the packages that take their version from a repository. */
export const packagesOf = ({ path: root, packages }: GitMetadata): readonly string[] =>
  packages.map((folder) => path.posix.join(root, folder));

/** Whether an input lies in a folder. */
export const isIn = (folder: string, file: string): boolean =>
  folder === '.' || file.startsWith(`${folder}/`);

/** Whether an input decides how packages in a folder below it are built. */
const decidesBelow = (file: string, folder: string): boolean =>
  DECIDES_BELOW.includes(path.posix.basename(file)) && isIn(path.posix.dirname(file), folder);

/**
 * The local packages that can be installed alone in a way; undefined if there are none. With commands of the user there
 * are none, because commands may read any of the modules. The result depends only on the inputs, so that a stranger's
 * plan cannot claim that a file does not matter.
 *
 * @param read paths of the requirements files that the installer reads
 * @param textOf returns the text of a gathered input
 */
export const localPartsIn = (
  install: InstallPlan,
  read: readonly string[],
  textOf: (file: string) => string,
  way: LocalWay = 'host',
): LocalParts | undefined => {
  const { inputs, host, git = [] } = install;
  if (!mayInstallAlone(install, way)) return undefined;
  const places = new Set(inputs.map((input) => input.path));
  const packages = new Set([...places].filter(isMetadata).map((file) => path.posix.dirname(file)));
  const built = host.localPackages.map(normalizeName);
  const textIn = (folder: string, name: string): string => {
    const file = path.posix.join(folder, name);
    return places.has(file) ? textOf(file) : '';
  };
  const named = [...packages].flatMap((folder) => {
    const texts: PackageMetadataFiles = Object.fromEntries(
      PACKAGE_METADATA_FILES.map((name) => [name, textIn(folder, name)]),
    );
    const name = localPackageName(texts);
    return name !== null && built.includes(normalizeName(name)) ? { name: normalizeName(name), folder } : [];
  });
  if (named.length === 0 || new Set(named.map(({ name }) => name)).size < named.length) return undefined;
  const folders = new Set(named.map(({ folder }) => folder));
  /** The part that a file belongs to. A package inside of a part owns its files, even if it is not a part. */
  const ownerOf = (file: string): string | undefined => {
    for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
      if (packages.has(folder)) return folders.has(folder) ? folder : undefined;
      if (folder === '.') return undefined;
    }
  };
  const isFree = (file: string): boolean => ownerOf(file) === undefined && !read.includes(file);
  const versioned = new Set(git.flatMap(packagesOf));
  const filesOf = (folder: string): PackageFiles => ({
    textOf: (file) => textIn(folder, file),
    has: (file) => places.has(path.posix.join(folder, file)),
  });
  /**
   * A version from Git depends on all inputs of the repository, because it says whether any differs from the commit.
   */
  const readsOthers = (folder: string): boolean => versioned.has(folder) || readsBeside(filesOf(folder));
  return {
    parts: named.map(({ name, folder }) => ({
      name,
      folder,
      inputs: readsOthers(folder)
        ? inputs
        : inputs.filter(({ path: file }) => isIn(folder, file) || isFree(file) || decidesBelow(file, folder)),
      runsCode: runsCode(filesOf(folder)),
    })),
    others: inputs.filter(
      ({ path: file }) =>
        ownerOf(file) === undefined || read.includes(file) || isMetadata(file) || ARCHIVE.test(file),
    ),
  };
};
