import * as fs from 'node:fs';
import type { BundlePlan } from '../plan/bundle-plan';
import { manifestPath, readManifest } from './bundle-manifest';
import type { ExecutionError } from './execution-error';
import { nativeFor } from './portable';

/**
 * Why a function cannot use a layer that it names: the layer has native code for another architecture, or for another version of
 * Python. Undefined where all of them fit. Only the files of a layer for another target are looked at.
 */
export const foreignLayer = (
  { runtime }: BundlePlan,
  layers: readonly BundlePlan[],
): ExecutionError | undefined => {
  for (const layer of layers) {
    const other = {
      machine: layer.runtime.architecture !== runtime.architecture,
      python: layer.runtime.python !== runtime.python,
    };
    if (!other.machine && !other.python) continue;
    const file = nativeFor(filesOf(layer), other);
    if (file === undefined) continue;
    return {
      _tag: 'ForeignLayer',
      path: file.path,
      layer: layer.label,
      made: targetOf(layer.runtime),
      target: targetOf(runtime),
    };
  }
  return undefined;
};

const targetOf = ({ name, architecture }: BundlePlan['runtime']): string => `${name} on ${architecture}`;

/** The files of a finished layer; only its own where it was not made here. */
const filesOf = ({ output, sources }: BundlePlan): readonly { readonly path: string }[] => {
  try {
    return readManifest(fs.readFileSync(manifestPath(output.path), 'utf8'))?.files ?? sources;
  } catch {
    return sources;
  }
};
