import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import type { SourceFile } from '../plan/bundle-plan';
import type { BundleRequest } from '../plan/bundle-request';
import type { NeededImport } from '../plan/needed-import';
import { neededImport } from '../plan/needed-import';
import { DEFAULT_RUNTIME, findRuntime, minorOf } from '../plan/python-runtime';
import { chooseRuntime } from '../plan/runtime-choice';
import { isInRuntime } from '../plan/runtime-modules';
import type { SnapshotEntry, SnapshotFile, SourceSnapshot } from '../plan/source-snapshot';
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

/** Why a function or a layer needs what is declared further up; undefined where it does not. */
export const neededHere = (
  request: BundleRequest,
  entry: SnapshotEntry,
  files: readonly SnapshotFile[],
  included: readonly SourceFile[],
  snapshot: Pick<SourceSnapshot, 'pythonVersion' | 'project'>,
  memory: SurveyMemory,
): NeededImport | undefined => {
  const { root } = entry;
  // What is included has another place on this machine than in the bundle.
  const elsewhere = new Map(included.map((file) => [file.path, sourcePlace(entry, file)]));
  const paths = [...new Set([...files.map((file) => file.path), ...elsewhere.keys()])];
  const entries = entry.path === null ? [] : [entry.path, ...handlerFile(request)];
  const minor = minorFor(request, snapshot);
  const inLayers = new Set(request.layerModules);
  return memory.needs([root, entries, paths, [...elsewhere], minor, request.layerModules], () =>
    neededImport(
      {
        entries,
        files: paths,
        textOf: (file) => {
          if (file === entry.path) return entry.source;
          const read = readTextOnce(memory.texts, elsewhere.get(file) ?? path.join(root, file));
          return read?._tag === 'Text' ? read.text : undefined;
        },
      },
      (name) => isInStandardLibrary(name, minor) || isInRuntime(name, minor) || inLayers.has(name),
    ),
  );
};
