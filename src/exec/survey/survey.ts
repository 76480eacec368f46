import * as path from 'node:path';
import type { IO } from 'fp-ts/IO';
import type { SourceFile } from '../../plan/model/bundle-plan';
import type { BundleRequest } from '../../plan/request/bundle-request';
import type { ComputedImport } from '../../plan/errors/computed-import';
import { entryNotFound } from '../../plan/errors/entry-not-found';
import { ignoreRules } from '../../plan/sources/ignore-rules';
import { MAXIMUM_SIZE } from '../../plan/target/maximum-size';
import { foldersUpTo, isOutside, relativePath } from '../../plan/values/paths';
import type { PlanError } from '../../plan/errors/plan-error';
import type { SnapshotEntry, SourceSnapshot } from '../../plan/model/source-snapshot';
import { isWhole } from '../../plan/install/whole-build';
import { besideEntry, declaringIn } from './beside-entry';
import { manifestPath } from '../bundle/bundle-manifest';
import { declarationLevel, levelOf } from '../lookup/declaration-level';
import { isThere } from '../files/file-kind';
import type { FoundEntry, FoundFolder } from '../lookup/find-entry';
import { findEntry } from '../lookup/find-entry';
import { namesIn } from '../files/names-in';
import { nearEntry } from '../lookup/near-entry';
import { readEntry, unlistedEntry } from './read-entry';
import { inPackageRoot } from './package-root';
import { placesSeen } from '../machine/places-seen';
import { inside } from '../files/real-path';
import { readIncludes } from './read-includes';
import type { NeededImport } from '../../plan/imports/needed-import';
import type { Needs } from './needed-declaration';
import { declaresAny, neededHere } from './needed-declaration';
import { readDeclaration } from './read-declaration';
import { readTextOnce } from '../files/read-text';
import { sbomPath } from '../bundle/sbom-path';
import { appFolderOf, searchEnd } from '../machine/search-end';
import { mayDeclare, unchosenProblem } from './unchosen-declarations';
import { surveyPlaces } from './survey-places';
import type { SurveyMemory, Declared } from './survey-memory';
import { surveyMemory } from './survey-memory';
import type { Walked } from './walk';
import { isCurrent, walk } from './walk';

const nothing: SourceSnapshot = {
  entry: null,
  files: [],
  pythonVersion: null,
  requirements: null,
  project: null,
  unused: [],
  problems: [],
};

/**
 * Reads the disk for a request: the plan depends on nothing else. Unreadable files become problems in the snapshot
 * instead of exceptions, so that a plan can report all of them together.
 *
 * @param memory the files read for other requests of the same app, which are not read again; by default empty
 * @since 0.1.0
 */
export const survey =
  (asked: BundleRequest, memory: SurveyMemory = surveyMemory()): IO<SourceSnapshot> =>
  () => {
    const found = findEntry(asked);
    if (found === undefined) {
      return { ...nothing, problems: [{ ...entryNotFound(asked), ...nearEntry(asked) }] };
    }
    if ('problem' in found) return { ...nothing, problems: [found.problem] };
    const seen = placesSeen(found.root, asked.definingFiles, memory.realPaths);
    const by = (root: string): SourceSnapshot =>
      surveyFound({ ...asked, definingFiles: seen.definingFiles }, { ...found, root }, memory);
    const real = by(seen.root);
    const snapshot =
      declares(real) || seen.root === found.root ? real : ([by(found.root)].find(declares) ?? real);
    memory.digests.save();
    return snapshot;
  };

const declares = ({ requirements, project }: SourceSnapshot): boolean =>
  requirements !== null || project !== null;

const surveyFound = (
  request: BundleRequest,
  found: FoundEntry | FoundFolder,
  memory: SurveyMemory,
): SourceSnapshot => {
  const first = surveyRoot(request, found, memory);
  if (found.path === null) return first;
  const end = endOf(request, path.dirname(path.join(found.root, found.path)), memory);
  const placed = inPackageRoot(found, first, end, memory);
  return placed === undefined ? first : surveyRoot(onlyPackages(request, placed), placed, memory);
};

/** The packages of a flat layout: other files beside them are not part of a bundle. */
const onlyPackages = (
  request: BundleRequest,
  { only }: { readonly only?: readonly string[] },
): BundleRequest =>
  only === undefined
    ? request
    : { ...request, exclude: ['/*', ...only.map((name) => `!/${name}`), ...request.exclude] };

const surveyRoot = (
  request: BundleRequest,
  found: FoundEntry | FoundFolder,
  memory: SurveyMemory,
): SourceSnapshot => {
  const { root } = found;
  const walked = walkRoot(request, root, memory);
  const folder = declarationLevel(found);
  const end = endOf(request, folder, memory);
  const appFolder = appFolderOf({ has: isThere }, folder, end);
  const version = readVersion(levelOf(found, ['.python-version']), end, memory);
  const { entry, unlisted } =
    found.path === null
      ? { entry: { root, path: null, source: '' }, unlisted: NOTHING_MORE }
      : surveyEntry(request, found, walked, memory);
  const { dependencies, outputDirectory } = request;
  const asked = { file: path.join(root, found.path ?? ''), text: entry.source };
  const searched = readDeclaration(
    { entry: asked, folder, end, appFolder, dependencies, outputDirectory },
    memory,
  );
  const own = [...walked.files, ...unlisted.files];
  const included = readIncludes(request, memory, largestOf(request));
  const { needed, enclosing, computedImport, ...declared } = whereNeeded(
    request,
    entry,
    [own, included.files],
    version.pythonVersion,
    searched,
    memory,
  );
  const others = folder === root ? (walked.unchosen ?? []) : mayDeclare(namesIn(folder));
  const all = () => [...own, ...included.files];
  const unchosen = unchosenProblem(
    request,
    { folder, names: others, root, own: all },
    searched,
    () =>
      neededHere(
        request,
        entry,
        own,
        included.files,
        version.pythonVersion,
        { requirements: null, project: null },
        memory,
      ).needed,
  );
  const { problems, ...places } = surveyPlaces(request, appFolder, declared.requirements, memory);
  return {
    ...(request.include === undefined ? {} : { included: included.files }),
    entry,
    files: unlisted.files.length === 0 ? walked.files : own,
    ...(needed === undefined ? {} : { needed }),
    ...(enclosing === undefined ? {} : { enclosing }),
    ...(computedImport === undefined ? {} : { computedImport }),
    pythonVersion: version.pythonVersion,
    requirements: declared.requirements,
    project: declared.project,
    ...besideEntry(walked, { root, folder }, memory),
    unused: declared.unused,
    ...places,
    problems: onceAPath([
      ...walked.problems,
      ...included.problems,
      ...unlisted.problems,
      ...declared.problems,
      ...unchosen,
      ...problems,
      ...version.problems,
    ]),
  };
};

/** The last parent folder in which files are looked for. */
const endOf = ({ definingFiles }: BundleRequest, folder: string, memory: SurveyMemory): string =>
  memory.ends([folder, definingFiles], () =>
    searchEnd({ has: (file) => memory.isThere([file], () => isThere(file)) }, folder, definingFiles),
  );

/** The nearest `.python-version`, in the folder or above. */
const readVersion = (
  folder: string,
  end: string,
  memory: SurveyMemory,
): Pick<SourceSnapshot, 'pythonVersion' | 'problems'> => {
  for (const each of foldersUpTo(folder, isOutside(end, folder) ? folder : end)) {
    const file = path.join(each, '.python-version');
    const read = readTextOnce(memory.texts, file);
    if (read?._tag === 'Text') return { pythonVersion: { file, text: read.text }, problems: [] };
    if (read?._tag === 'Problem') return { pythonVersion: null, problems: [read.problem] };
  }
  return { pythonVersion: null, problems: [] };
};

/** The declaration; one further up counts only if the entry needs it. */
const whereNeeded = (
  request: BundleRequest,
  entry: SnapshotEntry,
  [files, included]: readonly [SourceSnapshot['files'], readonly SourceFile[]],
  pythonVersion: SourceSnapshot['pythonVersion'],
  { above, ...declared }: Declared,
  memory: SurveyMemory,
): Omit<Declared, 'above'> & Pick<SourceSnapshot, 'needed' | 'enclosing' | 'computedImport'> => {
  if (above === undefined) return declared;
  const { project, enclosing = project } = declared;
  const isEmpty = declared.enclosing !== undefined;
  const { needed, computed, tried } =
    !isEmpty && declaresAny(project, request.dependencies)
      ? neededHere(request, entry, files, included, pythonVersion, { ...declared, above }, memory)
      : NO_NEEDS;
  const open = computed ?? tried;
  return needed === undefined
    ? {
        requirements: null,
        project: null,
        unused: [],
        problems: [],
        ...(enclosing === null ? {} : { enclosing }),
        // Commands may install the needed modules.
        ...(open === undefined || isWhole(request)
          ? {}
          : { computedImport: computedImport(entry, open, above) }),
      }
    : { ...declared, needed: { declaration: above, ...needed } };
};

const computedImport = (
  entry: SnapshotEntry,
  { file, line, module }: Pick<NeededImport, 'file' | 'line'> & Partial<NeededImport>,
  unused: string,
): ComputedImport => ({
  _tag: 'ComputedImport',
  file: path.join(entry.root, file),
  line,
  unused,
  from: relativePath(declarationLevel(entry), unused),
  ...(module === undefined ? {} : { module }),
});

const NO_NEEDS: Needs = {};

const NOTHING_MORE: Walked = { files: [], problems: [] };

/** The entry, and its file on its own if the walk has left it out. */
const surveyEntry = (
  { externalSymlinks }: BundleRequest,
  found: FoundEntry,
  { files, problems }: Walked,
  memory: SurveyMemory,
): { readonly entry: SnapshotEntry; readonly unlisted: Walked } => {
  const file = path.join(found.root, found.path);
  const read = memory.entries([found.root, found.path], () => readEntry(found));
  const listed =
    files.some(({ path: listedPath }) => listedPath === found.path) ||
    problems.some((problem) => 'path' in problem && problem.path === file);
  // A file that the walk could digest may still be too large for a text.
  const unread = 'problem' in read.content ? { files: [], problems: [read.content.problem] } : NOTHING_MORE;
  return { entry: read.entry, unlisted: listed ? unread : unlistedEntry(read, externalSymlinks) };
};

/** Commands may remove files from their input. */
const largestOf = (request: BundleRequest): number | undefined =>
  isWhole(request) ? undefined : MAXIMUM_SIZE;

/** The key has everything that the rules are made of, except the names in the root, which the walk itself finds. */
const walkRoot = (request: BundleRequest, root: string, memory: SurveyMemory): Walked => {
  const { exclude, outputDirectory, externalSymlinks } = request;
  const largest = largestOf(request);
  const definedHere = request.definingFiles.some((file) => path.dirname(file) === root);
  const read = (): Walked => {
    const output = inside(root, outputDirectory);
    // With the files beside an output that is a bundle itself.
    const outputs = output === undefined ? [] : [output, manifestPath(output), sbomPath(output)];
    let unchosen: readonly string[] = [];
    const walked = walk(
      root,
      (rootNames) => {
        unchosen = mayDeclare(rootNames);
        return ignoreRules({ exclude, outputs, rootNames, definedHere });
      },
      externalSymlinks,
      memory.digests,
      largest,
    );
    return { ...walked, ...declaringIn(walked), ...(unchosen.length === 0 ? {} : { unchosen }) };
  };
  const key = [root, exclude, outputDirectory, definedHere, externalSymlinks, largest ?? null];
  return memory.walks(key, read, isCurrent);
};

/** A file that is read for two reasons, such as requirements.txt, is reported once. */
const onceAPath = (problems: readonly PlanError[]): readonly PlanError[] =>
  problems.filter(
    (problem, index) =>
      problem._tag !== 'UnreadableFile' ||
      !problems.slice(0, index).some((other) => 'path' in other && other.path === problem.path),
  );
