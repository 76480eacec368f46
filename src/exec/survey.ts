import * as fs from 'node:fs';
import * as path from 'node:path';
import type { IO } from 'fp-ts/IO';
import type { BundleRequest, ExternalSymlinks } from '../plan/bundle-request';
import { entryCandidates } from '../plan/entry';
import { ignoreRules } from '../plan/ignore-rules';
import { relativePath, staysInside } from '../plan/paths';
import type { PlanError } from '../plan/plan-error';
import type { SourceSnapshot } from '../plan/source-snapshot';
import { digestFileSync } from './digest';
import { fileKind, isMissing, isThere, reasonOf, unreadable } from './file-kind';
import { inside } from './real-path';
import { readRequirementsTree } from './read-requirements';
import { readText } from './read-text';
import type { Walked } from './walk';
import { walk } from './walk';

interface FoundEntry {
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

const nothing: SourceSnapshot = {
  entry: null,
  files: [],
  pythonVersion: null,
  requirements: null,
  problems: [],
};

/**
 * Looks at the disk for a request: the only read that a plan depends on. Total: what cannot be read becomes a problem
 * in the snapshot, so that a plan can tell all of them together.
 */
export const survey =
  (request: BundleRequest): IO<SourceSnapshot> =>
  () => {
    const found = findEntry(request);
    if (found === undefined) return nothing;
    return 'problem' in found ? { ...nothing, problems: [found.problem] } : surveyRoot(request, found);
  };

const findEntry = (request: BundleRequest): FoundEntry | { readonly problem: PlanError } | undefined => {
  for (const candidate of entryCandidates(request)) {
    try {
      const stats = fs.statSync(candidate);
      if (stats.isFile()) return asEntry(path.dirname(candidate), path.basename(candidate));
      if (!stats.isDirectory()) {
        return { problem: { _tag: 'EntryNotAFile', path: candidate, kind: fileKind(stats) } };
      }
      if (request.entry._tag === 'ByPath') return indexOf(candidate, request.entry.index);
    } catch (error) {
      if (!isMissing(error)) return { problem: unreadable(candidate, error) };
    }
  }
  return undefined;
};

const asEntry = (root: string, relative: string): FoundEntry | { readonly problem: PlanError } =>
  relative.endsWith('.py')
    ? { root, path: relative }
    : { problem: { _tag: 'EntryNotPython', path: path.join(root, relative) } };

const indexOf = (root: string, index: string): FoundEntry | { readonly problem: PlanError } => {
  const file = path.resolve(root, index);
  const relative = relativePath(root, file);
  if (!staysInside(relative)) return { problem: { _tag: 'EntryOutsideRoot', path: file, root } };
  try {
    const stats = fs.statSync(file);
    return stats.isFile()
      ? asEntry(root, relative)
      : { problem: { _tag: 'EntryNotAFile', path: file, kind: fileKind(stats) } };
  } catch (error) {
    return {
      problem: isMissing(error)
        ? { _tag: 'EntryNotFound', tried: [file], byId: false }
        : unreadable(file, error),
    };
  }
};

const surveyRoot = (request: BundleRequest, { root, path: entry }: FoundEntry): SourceSnapshot => {
  const output = inside(root, request.outputDirectory);
  const ignores = ignoreRules({
    exclude: request.exclude,
    outputs: output === undefined ? [] : [output],
    rootNames: listNames(root),
    definedHere: request.definingFiles.some((file) => path.dirname(file) === root),
  });
  // The entry is wanted whatever the rules say of its name (`stack.my_handler.py`) or its folder.
  const walked = walk(root, (relative) => relative !== entry && ignores(relative), request.externalSymlinks);
  const beside = path.dirname(path.join(root, entry));
  const requirements = readRequirementsTree(path.join(beside, 'requirements.txt'), request.outputDirectory);
  const version = path.join(beside, '.python-version');
  const versionText = isThere(version) ? readText(version) : undefined;
  const source = readSource(path.join(root, entry));
  const listed = walked.files.some((file) => file.path === entry) || walked.problems.length > 0;
  const unlisted = listed ? { files: [], problems: [] } : readEntry(root, entry, request.externalSymlinks);
  return {
    entry: { root, path: entry, source },
    files: [...walked.files, ...unlisted.files],
    pythonVersion: versionText?._tag === 'Text' ? { file: version, text: versionText.text } : null,
    requirements: requirements.requirements,
    problems: onceAPath([
      ...walked.problems,
      ...unlisted.problems,
      ...requirements.problems,
      ...(versionText?._tag === 'Problem' ? [versionText.problem] : []),
    ]),
  };
};

const listNames = (folder: string): readonly string[] => {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
};

/** The entry's text; Python's own rule for other encodings (PEP 263) does not matter for the names it defines. */
const readSource = (file: string): string => {
  try {
    return new TextDecoder().decode(fs.readFileSync(file));
  } catch (error) {
    return `# ${reasonOf(error)}`;
  }
};

/** An entry that the walk did not reach, because a folder on the way to it is ignored. */
const readEntry = (root: string, entry: string, external: ExternalSymlinks): Walked => {
  const file = path.join(root, entry);
  const problem = (found: PlanError): Walked => ({ files: [], problems: [found] });
  try {
    const target = fs.realpathSync(file);
    if (external === 'refuse' && inside(root, target) === undefined) {
      return problem({ _tag: 'SymlinkOutsideRoot', path: file, target, root });
    }
    const executable = (fs.statSync(file).mode & 0o100) !== 0;
    return { files: [{ path: entry, executable, ...digestFileSync(file) }], problems: [] };
  } catch (error) {
    return problem(unreadable(file, error));
  }
};

/** A file that is read for two reasons, such as requirements.txt, is told of once. */
const onceAPath = (problems: readonly PlanError[]): readonly PlanError[] =>
  problems.filter(
    (problem, index) =>
      problem._tag !== 'UnreadableFile' ||
      !problems.slice(0, index).some((other) => 'path' in other && other.path === problem.path),
  );
