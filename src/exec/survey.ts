import * as fs from 'node:fs';
import * as path from 'node:path';
import type { IO } from 'fp-ts/IO';
import type { BundleRequest, ExternalSymlinks } from '../plan/bundle-request';
import { ignoreRules } from '../plan/ignore-rules';
import type { PlanError } from '../plan/plan-error';
import type { SourceSnapshot } from '../plan/source-snapshot';
import { digestFileSync } from './digest';
import { isThere, reasonOf, unreadable } from './file-kind';
import type { FoundEntry } from './find-entry';
import { findEntry } from './find-entry';
import { inside } from './real-path';
import { readRequirementsTree } from './read-requirements';
import { readText } from './read-text';
import type { Walked } from './walk';
import { walk } from './walk';

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
 *
 * @since 0.1.0
 */
export const survey =
  (request: BundleRequest): IO<SourceSnapshot> =>
  () => {
    const found = findEntry(request);
    if (found === undefined) return nothing;
    return 'problem' in found ? { ...nothing, problems: [found.problem] } : surveyRoot(request, found);
  };

const surveyRoot = (request: BundleRequest, { root, path: entry }: FoundEntry): SourceSnapshot => {
  const output = inside(root, request.outputDirectory);
  const ignores = ignoreRules({
    exclude: request.exclude,
    outputs: output === undefined ? [] : [output],
    rootNames: listNames(root),
    definedHere: request.definingFiles.some((file) => path.dirname(file) === root),
  });
  const walked = walk(root, ignores, request.externalSymlinks);
  const beside = path.dirname(path.join(root, entry));
  const requirements = readRequirementsTree(path.join(beside, 'requirements.txt'), request.outputDirectory);
  const version = path.join(beside, '.python-version');
  const versionText = isThere(version) ? readText(version) : undefined;
  const source = readSource(path.join(root, entry));
  const listed =
    walked.files.some((file) => file.path === entry) ||
    walked.problems.some((problem) => 'path' in problem && problem.path === path.join(root, entry));
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

/** An entry that the walk left out: it is wanted whatever the rules say of its name (`stack.my_handler.py`) or its folder. */
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
