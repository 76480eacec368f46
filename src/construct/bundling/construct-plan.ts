import { Construct } from 'constructs';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { Planned } from './planned-code';

/** The version of the plan format. Copies of this library with other versions do not see each other's plans. */
const FORM: BundlePlan['version'] = 1;

type Kind = 'function' | 'layer';

/**
 * Symbols of the process instead of a `WeakMap` of this module: if an app loads two copies of this library, one copy
 * can read the plan of a construct that the other made.
 */
const KEYS: Readonly<Record<Kind, symbol>> = {
  function: Symbol.for(`cdk-lambda-python.function.${FORM}`),
  layer: Symbol.for(`cdk-lambda-python.layer.${FORM}`),
};

/**
 * Keeps a plan on its construct. No type declares the property, so CDK's own functions stay assignable to those of this
 * library.
 */
export const keepPlanned = (kind: Kind, construct: Construct, planned: Planned): void => {
  Object.defineProperty(construct, KEYS[kind], { value: planned });
};

/** The plan of a construct or its errors; undefined if this library did not make the construct. */
export const plannedFor = (kind: Kind, construct: unknown): Planned | undefined =>
  (Object(construct) as Readonly<Partial<Record<symbol, Planned>>>)[KEYS[kind]];

/** The plan of a layer, if this library made the layer and could plan it. */
export const planIfLayer = (layer: unknown): BundlePlan | undefined => {
  const planned = plannedFor('layer', layer);
  return planned?._tag === 'Planned' ? planned.plan : undefined;
};

const EXPECTED: Readonly<Record<Kind, { readonly name: string; readonly pass: string }>> = {
  function: {
    name: 'PythonFunction',
    pass: 'Pass the object that "new PythonFunction" returned. An alias, a version and an imported function have no plan.',
  },
  layer: {
    name: 'PythonLayerVersion',
    pass: 'Pass the object that "new PythonLayerVersion" returned, or the "dependenciesLayer" of a PythonFunction. An imported layer has no plan.',
  },
};

/** The plan of a construct. Throws all errors if there is no plan, or if this library did not make the construct. */
export const planOf = (kind: Kind, construct: unknown): BundlePlan => {
  const planned = plannedFor(kind, construct);
  if (planned?._tag === 'Planned') return planned.plan;
  if (planned?._tag === 'Refused') throw new Error(planned.messages.join('\n'));
  const { name, pass } = EXPECTED[kind];
  const shown = Construct.isConstruct(construct) ? construct.node.path : String(construct);
  throw new Error(
    `${shown} is not a ${name} of cdk-lambda-python, or was made by a version of it with another plan format. ${pass}`,
  );
};
