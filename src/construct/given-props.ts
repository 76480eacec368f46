import type { LayerVersionOptions } from 'aws-cdk-lib/aws-lambda';
import type { Checks } from '../plan/option-checks';
import { checkedOptions, isObject, isText, listOf } from '../plan/option-checks';
import type { PlanError } from '../plan/plan-error';
import { isFunctionOption } from './function-options';
import { anything, BUNDLING, isArchitecture, isRuntime, OF_FUNCTIONS } from './prop-checks';
import type { PythonFunctionProps } from './python-function-props';
import type { PythonLayerVersionProps } from './python-layer-version-props';

/** Properties as far as they can be read, and what is wrong with the others: code without types may give anything. */
export interface GivenProps<P> {
  readonly props: P;
  readonly errors: readonly PlanError[];
}

/** Options that are checked where they are read, and those of `bundling`, which have a table of their own. */
const NESTED = { dependencies: anything, bundling: anything };

const OWN: Checks = { entry: isText, index: isText, handler: isText, runtime: isRuntime, ...NESTED };

const OF_LAYERS = {
  description: anything,
  layerVersionName: anything,
  license: anything,
  removalPolicy: anything,
} satisfies Readonly<Record<keyof LayerVersionOptions, unknown>>;

const OWN_OF_LAYERS: Checks = {
  entry: isText,
  compatibleRuntimes: listOf(isRuntime, 'a list of runtimes, such as [Runtime.PYTHON_3_13]'),
  compatibleArchitectures: listOf(isArchitecture, 'a list of architectures, such as [Architecture.ARM_64]'),
  ...NESTED,
};

const BUNDLING_OF_LAYERS: Checks = Object.fromEntries(
  Object.entries(BUNDLING).filter(([name]) => name !== 'dependencies'),
);

/** Checks properties, and the options of `bundling` in them. */
const given = <P>(
  value: P,
  own: Checks,
  others: Checks,
  ofWhat: string,
  bundlingChecks: Checks,
): GivenProps<P> => {
  const { options, wrong } = checkedOptions(
    value,
    { ...own, ...others },
    {
      path: '',
      expected: 'an object with properties',
      names: `${Object.keys(own).join(', ')} and the options of ${ofWhat}`,
    },
  );
  const bundling =
    options['bundling'] === undefined
      ? undefined
      : checkedOptions(options['bundling'], bundlingChecks, {
          path: 'bundling',
          expected: 'an object with options, such as { executor: "docker" }',
        });
  return {
    // Each value has passed the check of its type.
    props: { ...options, ...(bundling === undefined ? {} : { bundling: bundling.options }) } as P,
    errors: [...wrong, ...(bundling?.wrong ?? [])].map((each): PlanError => ({
      _tag: 'InvalidOption',
      ...each,
      option: each.option === '' ? 'props' : each.option,
    })),
  };
};

/** Options that only the CDK of the app has. */
const newerOptions = (value: unknown): Checks =>
  Object.fromEntries(
    Object.keys(isObject(value) ? value : {})
      .filter((name) => !(name in OWN) && !(name in OF_FUNCTIONS) && isFunctionOption(name))
      .map((name) => [name, anything]),
  );

/** The properties of a function as they were given. */
export const givenFunctionProps = (props: PythonFunctionProps): GivenProps<PythonFunctionProps> =>
  given(props, OWN, { ...OF_FUNCTIONS, ...newerOptions(props) }, 'lambda.Function', BUNDLING);

/** The properties of a layer as they were given. */
export const givenLayerProps = (props: PythonLayerVersionProps): GivenProps<PythonLayerVersionProps> =>
  given(props, OWN_OF_LAYERS, OF_LAYERS, 'lambda.LayerVersion', BUNDLING_OF_LAYERS);
