import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { planIfLayer, plannedFor } from './bundling/construct-plan';
import type { LayersBeside } from './bundling/bundle-queue';
import type { ImportSources } from './checks/import-warnings';
import { PythonDependenciesLayer } from './python-dependencies-layer';

/** The variable that adds folders to Python's search path. */
const SEARCH_PATH = 'PYTHONPATH';

/** The layers and the search path of a function at run time. */
interface Surroundings {
  /** In the order in which the function got them. */
  readonly layers: readonly ILayerVersion[];
  /** Whether Python searches other folders as well. */
  readonly hasSearchPath: boolean;
}

/** Not members of the construct: CDK's own functions stay assignable to those of this library. */
const known = new WeakMap<IConstruct, Surroundings>();

const surroundingsOf = (construct: IConstruct): Surroundings =>
  known.get(construct) ?? { layers: [], hasSearchPath: false };

/**
 * Sets the values that the constructor got. CDK's own constructor has already added the same values, and layers of its
 * own.
 */
export const surroundWith = (
  construct: IConstruct,
  layers: readonly ILayerVersion[],
  environment: Readonly<Record<string, string>> = {},
): void => {
  known.set(construct, { layers, hasSearchPath: environment[SEARCH_PATH] !== undefined });
};

/** Adds layers to those of a function. */
export const addLayersTo = (construct: IConstruct, added: readonly ILayerVersion[]): void => {
  const before = surroundingsOf(construct);
  known.set(construct, { ...before, layers: [...before.layers, ...added] });
};

/** Notes a variable that was added to a function. */
export const addVariableTo = (construct: IConstruct, name: string): void => {
  if (name === SEARCH_PATH) known.set(construct, { ...surroundingsOf(construct), hasSearchPath: true });
};

/** The layers that this app makes. If all of them are layers of dependencies, they were counted with the function. */
export const layersBeside = (construct: IConstruct): LayersBeside => {
  const { layers } = surroundingsOf(construct);
  const own = layers.filter(isOwn);
  return {
    plans: own.flatMap((layer) => planIfLayer(layer) ?? []),
    areCounted: own.every((layer) => layer instanceof PythonDependenciesLayer),
  };
};

/** Undefined if Python searches other folders as well, or a layer has no plan. */
export const importSources = (construct: IConstruct, from?: string): ImportSources | undefined => {
  const { layers, hasSearchPath } = surroundingsOf(construct);
  const own = layers.filter(isOwn);
  const plans = own.flatMap((layer) => planIfLayer(layer) ?? []);
  if (hasSearchPath || plans.length < own.length) return undefined;
  const sources = { layers: plans, hasOtherLayers: own.length < layers.length };
  return from === undefined ? sources : { ...sources, from };
};

const isOwn = (layer: ILayerVersion): boolean => plannedFor('layer', layer) !== undefined;
