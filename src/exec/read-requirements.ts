import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../plan/hash';
import { localPackageIgnores } from '../plan/ignore-rules';
import { lineTarget } from '../plan/declarations/line-target';
import { isOutside } from '../plan/paths';
import type { PackageMetadataFiles } from '../plan/packaging/local-package';
import { localPackageName, PACKAGE_METADATA_FILES } from '../plan/packaging/local-package';
import type { PlanError } from '../plan/plan-error';
import { isRemote } from '../plan/packaging/local-reference';
import { readRequirements } from '../plan/declarations/requirements-file';
import type { LocalPackage, RequirementsSnapshot, RequirementsText } from '../plan/source-snapshot';
import type { Digests } from './digests';
import { hashing } from './digests';
import { fileKind, isMissing, unreadable } from './file-kind';
import { inside } from './real-path';
import type { Once } from './once';
import { once } from './once';
import type { TextFile } from './read-text';
import { readText, readTextOnce } from './read-text';
import { walk } from './walk';

export interface ReadRequirements {
  readonly requirements: RequirementsSnapshot | null;
  readonly problems: readonly PlanError[];
}

/** A local package as far as it could be read, and what could not be. */
export interface ReadLocal {
  readonly value: LocalPackage;
  readonly problems: readonly PlanError[];
}

/** What was read for requirements files so far. */
export interface RequirementsMemory {
  readonly requirements: Once<ReadRequirements>;
  readonly localPackages: Once<ReadLocal | undefined>;
  /** Nothing where no file is. */
  readonly texts: Once<TextFile | undefined>;
  readonly digests: Digests;
}

export const requirementsMemory = (digests: Digests = hashing): RequirementsMemory => ({
  requirements: once(),
  localPackages: once(),
  texts: once(),
  digests,
});

/**
 * Reads a requirements file, all files it includes, and the local packages they name. A missing one is no problem.
 *
 * @param outputDirectory absolute path of the folder that bundles go to: not a part of any package
 * @param repository absolute path of the folder that nothing may lie outside of, as another machine would not have it
 */
export const readRequirementsTree = (
  file: string,
  outputDirectory: string,
  memory: RequirementsMemory = requirementsMemory(),
  repository?: string,
): ReadRequirements =>
  memory.requirements([file, outputDirectory, repository], () =>
    readTree(file, outputDirectory, memory, repository),
  );

const readTree = (
  file: string,
  outputDirectory: string,
  memory: RequirementsMemory,
  repository: string | undefined,
): ReadRequirements => {
  const texts = new Map<string, RequirementsText>();
  const locals = new Map<string, LocalPackage>();
  const problems: PlanError[] = [];
  const workingFolder = path.dirname(file);

  /** False where there is nothing to read. `within` are the files whose includes led here. */
  const read = (current: string, within: readonly string[]): boolean => {
    if (texts.has(current)) return true;
    const content = readTextOnce(memory.texts, current);
    if (content === undefined) return false;
    if (content._tag === 'Problem') {
      problems.push(content.problem);
      return true;
    }
    texts.set(current, { file: current, text: content.text, digest: sha256(content.bytes) });
    for (const line of readRequirements(content.text)) {
      if (line._tag === 'Named' || line._tag === 'Option' || isRemote(line.target)) continue;
      const target = lineTarget(line, current, workingFolder);
      const where = { path: target, file: current, line: line.at.from };
      if (repository !== undefined && isOutside(repository, target)) {
        problems.push({ _tag: 'OutsideRepository', root: repository, ...where });
      } else if (line._tag === 'Include') {
        if ([...within, current].includes(target)) problems.push({ _tag: 'CircularInclude', ...where });
        else if (!read(target, [...within, current])) problems.push({ _tag: 'IncludeNotFound', ...where });
      } else if (!locals.has(target)) {
        const local = readLocalOnce(target, outputDirectory, memory);
        if (local === undefined) problems.push({ _tag: 'LocalPackageNotFound', ...where });
        else {
          locals.set(target, local.value);
          problems.push(...local.problems);
        }
      }
    }
    return true;
  };

  read(file, []);
  const [first, ...rest] = [...texts.values()];
  return {
    requirements:
      first === undefined ? null : { texts: [first, ...rest], localPackages: [...locals.values()] },
    problems,
  };
};

/** A folder or an archive of this machine; nothing where nothing is. */
export const readLocalOnce = (
  target: string,
  outputDirectory: string,
  memory: RequirementsMemory,
): ReadLocal | undefined =>
  memory.localPackages([target, outputDirectory], () => readLocal(target, outputDirectory, memory.digests));

const readLocal = (target: string, outputDirectory: string, digests: Digests): ReadLocal | undefined => {
  const none = { path: target, name: null, files: [] };
  try {
    const stats = fs.statSync(target);
    if (stats.isDirectory()) {
      const ignores = localPackageIgnores(inside(target, outputDirectory));
      const { files, problems } = walk(target, () => ignores, 'follow', digests);
      return { value: { ...none, kind: 'folder', name: nameOf(target), files }, problems };
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

const nameOf = (folder: string): string | null => {
  const texts = PACKAGE_METADATA_FILES.flatMap((name): [string, string][] => {
    const content = readText(path.join(folder, name));
    return content._tag === 'Text' ? [[name, content.text]] : [];
  });
  return localPackageName(Object.fromEntries(texts) as PackageMetadataFiles);
};
