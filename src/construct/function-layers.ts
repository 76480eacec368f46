import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { planIfLayer, plannedFor } from './bundling/construct-plan';
import type { LayersBeside } from './bundling/bundle-queue';
import type { ImportSources } from './checks/import-warnings';
import { PythonDependenciesLayer } from './python-dependencies-layer';

/** The variable that has Python look for modules in other folders. */
const SEARCH_PATH = 'PYTHONPATH';

/** What a function has around its bundle when it runs. */
interface Surroundings {
  /** In the order in which the function got them. */
  readonly layers: readonly ILayerVersion[];
  /** Whether Python looks for modules in other folders as well. */
  readonly hasSearchPath: boolean;
}

/** Not members of the construct: CDK's own functions stay assignable to those of this library. */
const known = new WeakMap<IConstruct, Surroundings>();

const surroundingsOf = (construct: IConstruct): Surroundings =>
  known.get(construct) ?? { layers: [], hasSearchPath: false };

/** Sets what a constructor was given. CDK's own constructor has added the same by then, and layers of its own. */
export const surroundWith = (
  construct: IConstruct,
  layers: readonly ILayerVersion[],
  environment: Readonly<Record<string, string>> = {},
): void => {
  known.set(construct, { layers, hasSearchPath: environment[SEARCH_PATH] !== undefined });
};

/** Adds layers to what a function has. */
export const addLayersTo = (construct: IConstruct, added: readonly ILayerVersion[]): void => {
  const before = surroundingsOf(construct);
  known.set(construct, { ...before, layers: [...before.layers, ...added] });
};

/** Adds a variable to what a function has. */
export const addVariableTo = (construct: IConstruct, name: string): void => {
  if (name === SEARCH_PATH) known.set(construct, { ...surroundingsOf(construct), hasSearchPath: true });
};

/** The layers that are made here. Where modules in a layer of their own are all there is, they were counted with the function. */
export const layersBeside = (construct: IConstruct): LayersBeside => {
  const { layers } = surroundingsOf(construct);
  const own = layers.filter(isOwn);
  return {
    plans: own.flatMap((layer) => planIfLayer(layer) ?? []),
    areCounted: own.every((layer) => layer instanceof PythonDependenciesLayer),
  };
};

/** Undefined where Python looks in other folders as well, or a layer could not be planned. */
export const importSources = (construct: IConstruct, from?: string): ImportSources | undefined => {
  const { layers, hasSearchPath } = surroundingsOf(construct);
  const own = layers.filter(isOwn);
  const plans = own.flatMap((layer) => planIfLayer(layer) ?? []);
  if (hasSearchPath || plans.length < own.length) return undefined;
  const sources = { layers: plans, hasOtherLayers: own.length < layers.length };
  return from === undefined ? sources : { ...sources, from };
};

const isOwn = (layer: ILayerVersion): boolean => plannedFor('layer', layer) !== undefined;
