import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { followPackages } from '../../plan/declarations/local-packages/followed-packages';
import { lineTarget } from '../../plan/declarations/lines/line-target';
import { namedLocals } from '../../plan/declarations/local-packages/named-locals';
import type { PlanError } from '../../plan/errors/plan-error';
import { isRemote } from '../../plan/packaging/local/local-reference';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import type { LocalPackage, RequirementsSnapshot, RequirementsText } from '../../plan/model/source-snapshot';
import type { Digests } from '../files/digests';
import { hashing } from '../files/digests';
import type { LocalMemory } from './local-packages';
import { localReader } from './local-packages';
import type { Once } from '../files/read-once';
import { once } from '../files/read-once';
import type { TextFile } from '../files/read-text';
import { readTextOnce } from '../files/read-text';
import { outsideLink } from '../local-packages/outside-links';

export interface ReadRequirements {
  readonly requirements: RequirementsSnapshot | null;
  readonly problems: readonly PlanError[];
}

/** The files that were read so far for requirements files. */
export interface RequirementsMemory extends LocalMemory {
  readonly requirements: Once<ReadRequirements>;
  /** Undefined if there is no file. */
  readonly texts: Once<TextFile | undefined>;
}

export const requirementsMemory = (digests: Digests = hashing): RequirementsMemory => ({
  requirements: once(),
  localPackages: once(),
  texts: once(),
  digests,
});

/**
 * Reads a requirements file, all files that it includes, and the local packages that they name. A missing one is not a
 * problem.
 *
 * @param outputDirectory absolute path of the folder for bundles; it is not a part of any package
 * @param appFolder absolute path of the app's folder; by default that of the file
 */
export const readRequirementsTree = (
  file: string,
  outputDirectory: string,
  memory: RequirementsMemory = requirementsMemory(),
  appFolder: string = path.dirname(file),
): ReadRequirements =>
  memory.requirements([file, outputDirectory, appFolder], () =>
    readTree(file, outputDirectory, memory, appFolder),
  );

/** Targets of links on the pages of a `--find-links` folder are installed as well. */
const linkProblems = (local: LocalPackage | undefined): readonly PlanError[] => {
  if (local === undefined) return [];
  const [root, files] =
    local.kind === 'folder'
      ? [local.path, local.files.map((file) => path.join(local.path, file.path))]
      : [null, [local.path]];
  const reason = outsideLink(root, files);
  return reason === undefined ? [] : [{ _tag: 'IndexNotRead', path: local.path, reason }];
};

const readTree = (
  file: string,
  outputDirectory: string,
  memory: RequirementsMemory,
  appFolder: string,
): ReadRequirements => {
  const texts = new Map<string, RequirementsText>();
  const problems: PlanError[] = [];
  const locals = localReader({ outputDirectory, appFolder, memory }, problems);
  const workingFolder = path.dirname(file);

  /** False if there is nothing to read. `within` are the files whose includes led here. */
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
      if (line._tag === 'FindLinks') problems.push(...linkProblems(locals.read(where)));
      else if (line._tag !== 'Include') locals.read(where);
      else if ([...within, current].includes(target)) problems.push({ _tag: 'CircularInclude', ...where });
      else if (!read(target, [...within, current])) problems.push({ _tag: 'IncludeNotFound', ...where });
    }
    return true;
  };

  read(file, []);
  const [first, ...rest] = [...texts.values()];
  if (first === undefined) return { requirements: null, problems };
  const named: RequirementsSnapshot = { texts: [first, ...rest], localPackages: locals.packages() };
  followPackages(namedLocals(named), named.localPackages, locals.read);
  return { requirements: { ...named, localPackages: locals.packages() }, problems };
};
