import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import type { SourceFile, TargetRuntime } from '../../plan/model/bundle-plan';
import type { BundleRequest, DependencyRequest } from '../../plan/request/bundle-request';
import { declaredNames, wordsOf } from '../../plan/declarations/sets/declared-names';
import { placeEntry } from '../../plan/sources/handler';
import { sha256 } from '../../plan/values/hash';
import type { HandlerModule } from '../../plan/imports/handler-module';
import { handlerModule } from '../../plan/imports/handler-module';
import { inLayers } from '../../plan/imports/layer-distributions';
import { namedFor } from '../../plan/imports/distribution-for-import';
import type { NeededImport, OuterImport, OwnModules } from '../../plan/imports/needed-import';
import { neededAmong, outerImports, unsettledAmong } from '../../plan/imports/needed-import';
import { pipfileDeclares, pyprojectFacts } from '../../plan/packaging/project/pyproject-facts';
import { DEFAULT_RUNTIME, findRuntime, minorOf } from '../../plan/target/python-runtime';
import { chooseRuntime } from '../../plan/runtime/runtime-choice';
import { isInRuntime } from '../../plan/target/runtime-modules';
import type {
  ProjectDeclaration,
  SnapshotEntry,
  SnapshotFile,
  SourceSnapshot,
} from '../../plan/model/source-snapshot';
import { sourcePlace } from '../../plan/model/source-place';
import { isInStandardLibrary } from '../../plan/target/standard-library';
import { runtimeOf } from '../../plan/runtime/target-runtime';
import { moduleText, readTextOnce } from '../files/read-text';
import type { SurveyMemory, Declared } from './survey-memory';

/** The target of a function, if it uses the declaration. */
const targetFor = (
  request: BundleRequest,
  snapshot: Pick<SourceSnapshot, 'pythonVersion' | 'project'>,
): TargetRuntime | undefined => {
  const choice = chooseRuntime(request, snapshot);
  const runtime = isRight(choice) ? choice.right.runtime : findRuntime(DEFAULT_RUNTIME);
  const source = isRight(choice) ? choice.right.source : 'default';
  return runtime && runtimeOf(runtime, request.architecture, source);
};

/** The module that the handler names, unless that is the entry itself. */
const namedByHandler = (
  { handler = '' }: BundleRequest,
  entry: SnapshotEntry,
  files: readonly SnapshotFile[],
): HandlerModule | undefined => {
  const named = handlerModule(handler);
  if (named === undefined || entry.path === null) return undefined;
  const placed = placeEntry(entry.path, files);
  return placed._tag === 'Placed' && placed.placement.module === named.module ? undefined : named;
};

/**
 * Whether a project found further up declares dependencies. A project counts as one that does if nothing tells: a lock
 * without a manifest, or an unreadable manifest, whose problem the plan reports.
 *
 * @param project null for a requirements file, and for a project with a problem that must be reported
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

/** A declaration further up, as it was read. */
export type AboveDeclaration = Pick<Declared, 'requirements' | 'project' | 'above'>;

/** Whether a function or a layer needs a declaration further up. */
export interface Needs {
  /** The import that needs it. @default - none does */
  readonly needed?: NeededImport;
  /** An import of a module whose name is computed, so that the need is unknown. @default - none */
  readonly computed?: Pick<NeededImport, 'file' | 'line'>;
  /** An attempted import of a module that the declaration may or may not provide. @default - none */
  readonly tried?: Pick<NeededImport, 'file' | 'line' | 'module'>;
}

/**
 * The reason why a function or a layer needs a declaration further up.
 *
 * @param declared the content of the declaration; empty if it is not used anyway
 */
export const neededHere = (
  request: BundleRequest,
  entry: SnapshotEntry,
  files: readonly SnapshotFile[],
  included: readonly SourceFile[],
  pythonVersion: SourceSnapshot['pythonVersion'],
  declared: AboveDeclaration,
  memory: SurveyMemory,
): Needs => {
  const own = new Set(files.map((file) => file.path));
  const modules = [...files, ...included.filter((file) => !own.has(file.path))].filter(isModule);
  const handler = namedByHandler(request, entry, files);
  const key = sha256(
    JSON.stringify([entry.path, handler?.handler, modules.map((file) => [file.path, file.digest])]),
  );
  const outer =
    memory.outerImports.get(key) ??
    outerImports({ ...ownModules(entry, modules, memory), ...(handler === undefined ? {} : { handler }) });
  memory.outerImports.set(key, outer);
  const target = targetFor(request, { pythonVersion, project: declared.project });
  const minor = target === undefined ? 0 : minorOf(target);
  const isInLayers = inLayers(request.layerModules ?? []);
  const isProvided = (name: string, imported: OuterImport): boolean =>
    isInStandardLibrary(name, minor) || isInRuntime(name, minor) || isInLayers(imported);
  let names: readonly string[] | undefined;
  const namesHere = () => (names ??= namesOf(request, declared, target, memory));
  let isNamed: ReturnType<typeof namedFor> | undefined;
  const needed = neededAmong(outer.imports, isProvided, (imported) =>
    (isNamed ??= namedFor(namesHere()))(imported),
  );
  const tried = needed === undefined ? unsettledAmong(outer.imports, isProvided, namesHere) : undefined;
  return {
    ...(needed === undefined ? {} : { needed }),
    ...(tried === undefined ? {} : { tried }),
    ...(outer.computed === undefined ? {} : { computed: outer.computed }),
  };
};

/** The names of the declared distributions; of an unreadable declaration, the words in it. */
const namesOf = (
  request: BundleRequest,
  { above, ...declared }: AboveDeclaration,
  target: TargetRuntime | undefined,
  { texts }: Pick<SurveyMemory, 'texts'>,
): readonly string[] => {
  if (target !== undefined && (declared.requirements ?? declared.project) !== null)
    return declaredNames(request, declared, target);
  const read = above === undefined ? undefined : readTextOnce(texts, above);
  return read?._tag === 'Text' ? wordsOf(read.text) : [];
};

const isModule = (file: { readonly path: string }): boolean => /\.(?:py|pyc|so)$/.test(file.path);

const ownModules = (
  entry: SnapshotEntry,
  modules: readonly (SnapshotFile | SourceFile)[],
  { texts }: Pick<SurveyMemory, 'texts'>,
): OwnModules => {
  // Included files have other paths on this machine than in the bundle.
  const places = new Map(
    modules.map((file) => [
      file.path,
      'from' in file ? sourcePlace(entry, file) : path.join(entry.root, file.path),
    ]),
  );
  return {
    entries: entry.path === null ? [] : [entry.path],
    files: [...places.keys()],
    textOf: (file) => {
      if (file === entry.path) return entry.source;
      return moduleText(texts, places.get(file) ?? path.join(entry.root, file));
    },
  };
};
