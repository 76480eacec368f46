import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import type { SourceFile } from '../plan/bundle-plan';
import type { BundleRequest, DependencyRequest } from '../plan/bundle-request';
import { inLayers } from '../plan/imports/in-layers';
import { sha256 } from '../plan/hash';
import type { NeededImport, OwnModules } from '../plan/needed-import';
import { neededAmong, outerImports } from '../plan/needed-import';
import { pipfileDeclares, pyprojectFacts } from '../plan/packaging/pyproject-facts';
import { DEFAULT_RUNTIME, findRuntime, minorOf } from '../plan/python-runtime';
import { chooseRuntime } from '../plan/runtime-choice';
import { isInRuntime } from '../plan/runtime-modules';
import type {
  ProjectDeclaration,
  SnapshotEntry,
  SnapshotFile,
  SourceSnapshot,
} from '../plan/source-snapshot';
import { sourcePlace } from '../plan/source-place';
import { isInStandardLibrary } from '../plan/standard-library';
import { readTextOnce } from './read-text';
import type { SurveyMemory } from './survey-memory';

/** The minor version of Python that a function is for, if the declaration is used. */
const minorFor = (
  request: BundleRequest,
  snapshot: Pick<SourceSnapshot, 'pythonVersion' | 'project'>,
): number => {
  const choice = chooseRuntime(request, snapshot);
  const runtime = isRight(choice) ? choice.right.runtime : findRuntime(DEFAULT_RUNTIME);
  return runtime === undefined ? 0 : minorOf(runtime);
};

/** The file of a handler with dots, which names a module of its own. */
const handlerFile = ({ handler = '' }: BundleRequest): readonly string[] =>
  handler.includes('.') ? [`${handler.split('.').slice(0, -1).join('/')}.py`] : [];

/**
 * Whether a project that was found further up has dependencies that it could give. One that nothing tells of counts as one that has:
 * a lock without a manifest, and a manifest that cannot be read, of which the plan says why.
 *
 * @param project null for a requirements file, and where the project has a problem that is to be told
 */
export const declaresAny = (
  project: ProjectDeclaration | null,
  { groups, extras }: Pick<DependencyRequest, 'groups' | 'extras'>,
): boolean => {
  if (project === null || groups.length + extras.length > 0) return true;
  const { file, text } = project.kind === 'pyproject' ? project.source : (project.manifest ?? NO_MANIFEST);
  if (path.basename(file) === 'Pipfile') return pipfileDeclares(text);
  if (path.basename(file) !== 'pyproject.toml' || text.includes('default-groups')) return true;
  const { declares, isDynamic } = pyprojectFacts(text);
  return declares || isDynamic;
};

const NO_MANIFEST = { file: '', text: '' };

/** Why a function or a layer needs what is declared further up; undefined where it does not. */
export const neededHere = (
  request: BundleRequest,
  entry: SnapshotEntry,
  files: readonly SnapshotFile[],
  included: readonly SourceFile[],
  snapshot: Pick<SourceSnapshot, 'pythonVersion' | 'project'>,
  memory: SurveyMemory,
): NeededImport | undefined => {
  const own = new Set(files.map((file) => file.path));
  const modules = [...files, ...included.filter((file) => !own.has(file.path))].filter(isModule);
  const entries = entry.path === null ? [] : [entry.path, ...handlerFile(request)];
  const key = sha256(JSON.stringify([entries, modules.map((file) => [file.path, file.digest])]));
  const outer = memory.outerImports.get(key) ?? outerImports(ownModules(entry, entries, modules, memory));
  memory.outerImports.set(key, outer);
  const minor = minorFor(request, snapshot);
  const isInLayers = inLayers(request.layerModules ?? []);
  return neededAmong(
    outer,
    (name, imported) => isInStandardLibrary(name, minor) || isInRuntime(name, minor) || isInLayers(imported),
  );
};

const isModule = (file: { readonly path: string }): boolean => /\.(?:py|pyc|so)$/.test(file.path);

const ownModules = (
  entry: SnapshotEntry,
  entries: readonly string[],
  modules: readonly (SnapshotFile | SourceFile)[],
  { texts }: Pick<SurveyMemory, 'texts'>,
): OwnModules => {
  // What is included has another place on this machine than in the bundle.
  const places = new Map(
    modules.map((file) => [
      file.path,
      'from' in file ? sourcePlace(entry, file) : path.join(entry.root, file.path),
    ]),
  );
  return {
    entries,
    files: [...places.keys()],
    textOf: (file) => {
      if (file === entry.path) return entry.source;
      const read = readTextOnce(texts, places.get(file) ?? path.join(entry.root, file));
      return read?._tag === 'Text' ? read.text : undefined;
    },
  };
};
