import * as fs from 'node:fs';
import * as path from 'node:path';
import { localPackageIgnores } from '../../plan/sources/ignore-rules';
import { commonFolder } from '../../plan/values/paths';
import type { LocalReferenceAt } from '../../plan/declarations/sets/local-references';
import { gitIgnoring } from '../../plan/packaging/builds/git-ignoring';
import { localPackageName } from '../../plan/packaging/local/local-package';
import { readsBranch, readsGit } from '../../plan/packaging/builds/git-versioned';
import type { BuildFileTexts } from '../../plan/packaging/builds/outside-paths';
import type { PlanError } from '../../plan/errors/plan-error';
import type { LocalPackage } from '../../plan/model/source-snapshot';
import { buildFilesIn, buildScriptsIn } from '../local-packages/build-files';
import type { Digests } from '../files/digests';
import { fileKind, isMissing, unreadable } from '../files/file-kind';
import { inside } from '../files/real-path';
import { lastIgnoring, nearestIgnoreFile, withoutIgnored } from '../git/git-ignored';
import { gitState } from '../git/git-state';
import type { Once } from '../files/read-once';
import { outsideFiles } from './outside-files';
import { outsidePackage } from './outside-package';
import { workspaceOf } from './uv-workspace';
import { walk } from './walk';

/** A local package as far as it could be read, and the problems of the rest. */
interface ReadLocal {
  readonly value: LocalPackage;
  readonly problems: readonly PlanError[];
}

/** The local packages that were read so far. */
export interface LocalMemory {
  readonly localPackages: Once<ReadLocal | undefined>;
  readonly digests: Digests;
}

/** The folders that decide how local packages are read. */
interface LocalsPlace {
  /** Absolute path of the folder for bundles; it is not a part of any package. */
  readonly outputDirectory: string;
  /** Absolute path of the app's folder: a build reads nothing outside the folder that has both it and the package. */
  readonly appFolder: string;
  readonly memory: LocalMemory;
}

/** Reads the local packages of one declaration. */
interface LocalReader {
  /** Undefined if there is no package, or none is allowed. */
  readonly read: (where: LocalReferenceAt) => LocalPackage | undefined;
  /** All packages read so far, in order. */
  readonly packages: () => readonly LocalPackage[];
}

/** @param problems gets the problems of the packages */
export const localReader = (
  { outputDirectory, appFolder, memory }: LocalsPlace,
  problems: PlanError[],
): LocalReader => {
  const found = new Map<string, LocalPackage>();
  const read = (where: LocalReferenceAt): LocalPackage | undefined => {
    const known = found.get(where.path);
    if (known !== undefined) return known;
    const local = mayExist(where.path)
      ? readLocalOnce(where.path, outputDirectory, appFolder, memory)
      : undefined;
    if (local === undefined) {
      problems.push({ _tag: 'LocalPackageNotFound', ...placeOf(where) });
      return undefined;
    }
    found.set(where.path, local.value);
    problems.push(...local.problems);
    return local.value;
  };
  return { read, packages: () => [...found.values()] };
};

/** No file name has a NUL, and no system accepts such a long path. */
const mayExist = (place: string): boolean => !place.includes('\0') && place.length <= 4096;

const placeOf = ({ path: place, file, line }: LocalReferenceAt): LocalReferenceAt => ({
  path: place,
  file,
  line,
});

/** A folder or an archive of this machine; undefined if nothing is there. */
const readLocalOnce = (
  target: string,
  outputDirectory: string,
  appFolder: string,
  memory: LocalMemory,
): ReadLocal | undefined => {
  // Functions in many folders share a package if that folder is the same for all.
  const within = commonFolder([appFolder, target]);
  return memory.localPackages([target, outputDirectory, within], () =>
    readLocal(target, outputDirectory, within, memory.digests),
  );
};

const readLocal = (
  target: string,
  outputDirectory: string,
  within: string,
  digests: Digests,
): ReadLocal | undefined => {
  const none = { path: target, name: null, files: [] };
  try {
    const stats = fs.statSync(target);
    if (stats.isDirectory()) {
      const ignores = localPackageIgnores(inside(target, outputDirectory));
      const inner = walk(target, () => ignores, 'follow', digests);
      const texts = buildFilesIn(target);
      const place = { folder: target, within };
      const scripts = buildScriptsIn(place, texts);
      const ignoring = gitIgnoring(texts['pyproject.toml'] ?? '');
      const outer = outsidePackage(texts, scripts, { ...place, ignores, digests });
      const around = { ...place, within: lastIgnoring(within) };
      const ignoreFile = ignoring?._tag === 'Nearest' ? nearestIgnoreFile(around) : [];
      const above = outsideFiles(ignoreFile, { ...around, ignores, digests });
      const own = ignoring?._tag === 'All' ? withoutIgnored(inner.files, around, ignoring.kept) : inner.files;
      return {
        value: {
          ...none,
          kind: 'folder',
          ...metadataOf(target, texts),
          ...gitOf(target, texts, Object.values(scripts)),
          ...(outer.climbing === undefined ? {} : { climbing: outer.climbing }),
          files: [...own, ...outer.files, ...above.files],
        },
        problems: [...inner.problems, ...outer.problems, ...above.problems],
      };
    }
    if (!stats.isFile()) {
      const problem = { _tag: 'UnsupportedFile', path: target, kind: fileKind(stats) } as const;
      return { value: { ...none, kind: 'file' }, problems: [problem] };
    }
    const name = path.basename(target);
    const content = digests.of(fs.realpathSync(path.dirname(target))).digest(name, target, stats);
    const file = { path: name, executable: false, ...content };
    return { value: { ...none, kind: 'file', files: [file] }, problems: [] };
  } catch (error) {
    return isMissing(error)
      ? undefined
      : { value: { ...none, kind: 'file' }, problems: [unreadable(target, error)] };
  }
};

const gitOf = (
  folder: string,
  texts: BuildFileTexts,
  scripts: readonly string[],
): Pick<LocalPackage, 'git'> => {
  const state = readsGit(texts, scripts) ? gitState(folder, readsBranch(texts, scripts)) : undefined;
  if (state === undefined) return {};
  const { root, digest, branch } = state;
  return { git: { root, digest, branch } };
};

/** The name of the package in a folder, and the text that may name others. */
const metadataOf = (
  folder: string,
  texts: BuildFileTexts,
): Pick<LocalPackage, 'name' | 'pyproject' | 'workspace'> => {
  const pyproject = texts['pyproject.toml'];
  const name = localPackageName(texts);
  if (pyproject === undefined) return { name };
  const workspace = workspaceOf({ file: path.join(folder, 'pyproject.toml'), text: pyproject });
  return { name, pyproject, ...(workspace === undefined ? {} : { workspace }) };
};
