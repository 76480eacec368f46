import { invalidOption } from '../../plan/errors/invalid-option';
import type { CheckedOptions, Checks } from '../../plan/request/option-checks';
import {
  checkedOptions,
  isObject,
  isPath,
  isText,
  kindOf,
  listOf,
  wrong as wrongOption,
} from '../../plan/request/option-checks';
import { DEPENDENCY_CHECKS } from '../../plan/options/dependency-option-types';
import type { PlanError } from '../../plan/errors/plan-error';
import { isFunctionOption } from './cdk-options';
import type { ICommandHooks } from './command-hooks';
import { OF_FUNCTIONS, OF_LAYERS, withoutGroupsOf } from './function-checks';
import { askHooks } from './hook-commands';
import { anything, BUNDLING, isArchitecture, isRuntime } from './prop-checks';
import type { PythonFunctionProps } from './python-function-props';
import type { PythonLayerVersionProps } from './python-layer-version-props';

/** Properties as far as they can be read, and the errors of the others: code without types may give anything. */
export interface GivenProps<P> {
  readonly props: P;
  readonly errors: readonly PlanError[];
  /** Names of properties that were given as `undefined`. */
  readonly undefinedNames: readonly string[];
}

/** `dependencies` is checked where it is read, and `bundling` by a table of its own. */
const NESTED = { dependencies: anything, bundling: anything };

const OWN: Checks = { entry: isPath, index: isText, handler: isText, runtime: isRuntime, ...NESTED };

/** Properties of CDK's own constructs that have another name here. */
const RENAMED: Checks = {
  code: (option, value) =>
    wrongOption(
      option,
      kindOf(value),
      'left out: `entry` names the Python file, or the folder that it is in',
    ),
};

const OWN_OF_LAYERS: Checks = {
  entry: isPath,
  compatibleRuntimes: listOf(isRuntime, 'a list of runtimes, such as [Runtime.PYTHON_3_13]'),
  compatibleArchitectures: listOf(isArchitecture, 'a list of architectures, such as [Architecture.ARM_64]'),
  ...NESTED,
};

const BUNDLING_OF_LAYERS: Checks = Object.fromEntries(
  Object.entries(BUNDLING).filter(([name]) => name !== 'dependencies'),
);

const pathsIn = (path: string, checks: Checks): readonly string[] =>
  Object.keys(checks).map((name) => `${path}.${name}`);

/** Names that constructs of other languages and libraries have for options of this one. */
const RENAMED_OPTIONS = {
  bundle: 'bundling',
  depsLockFilePath: 'dependencies.from',
  hooks: 'bundling.commandHooks',
  lockFile: 'dependencies.from',
  requirements: 'dependencies.from',
  requirementsFile: 'dependencies.from',
};

const DEPENDENCIES = pathsIn('dependencies', DEPENDENCY_CHECKS);

const checkedBundling = (value: unknown, checks: Checks): CheckedOptions => {
  const found = checkedOptions(value, checks, {
    path: 'bundling',
    expected: 'an object with options, such as { executor: "docker" }',
    elsewhere: DEPENDENCIES,
    renamed: RENAMED_OPTIONS,
  });
  if (found.options['commandHooks'] === undefined) return found;
  // The check of the type has passed.
  const { hooks, wrong } = askHooks(found.options['commandHooks'] as ICommandHooks);
  return { options: { ...found.options, commandHooks: hooks }, wrong: [...found.wrong, ...wrong] };
};

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
    { ...own, ...others, ...RENAMED },
    {
      path: '',
      expected: 'an object with properties',
      names: `${Object.keys(own).join(', ')} and the options of ${ofWhat}`,
      elsewhere: [...pathsIn('bundling', bundlingChecks), ...DEPENDENCIES],
      renamed: RENAMED_OPTIONS,
    },
  );
  const bundling =
    options['bundling'] === undefined ? undefined : checkedBundling(options['bundling'], bundlingChecks);
  const readable = withoutGroupsOf(
    options,
    (name) => isObject(value) && value[name] !== undefined && !(name in options),
  );
  return {
    // Each value has passed the check of its type.
    props: { ...readable, ...(bundling === undefined ? {} : { bundling: bundling.options }) } as P,
    errors: [...wrong, ...(bundling?.wrong ?? [])].map((each): PlanError => ({
      _tag: 'InvalidOption',
      ...each,
      option: each.option === '' ? 'props' : each.option,
    })),
    undefinedNames: Object.entries(isObject(value) ? value : {}).flatMap(([name, each]) =>
      each === undefined ? [name] : [],
    ),
  };
};

/** Options that only the app's version of CDK has. */
const newerOptions = (value: unknown): Checks =>
  Object.fromEntries(
    Object.keys(isObject(value) ? value : {})
      .filter((name) => !(name in OWN) && !(name in OF_FUNCTIONS) && isFunctionOption(name))
      .map((name) => [name, anything]),
  );

/** `index` names a file in a folder, so it means nothing if `entry` is a file. */
const indexErrors = ({ entry, index }: PythonFunctionProps): readonly PlanError[] =>
  index === undefined || entry?.endsWith('.py') !== true
    ? []
    : [invalidOption('index', index, 'left out where `entry` is a Python file')];

/** Checks the properties of a function. */
export const givenFunctionProps = (props: PythonFunctionProps): GivenProps<PythonFunctionProps> => {
  const found = given(props, OWN, { ...OF_FUNCTIONS, ...newerOptions(props) }, 'lambda.Function', BUNDLING);
  return { ...found, errors: [...found.errors, ...indexErrors(found.props)] };
};

/** A layer must have an entry: unlike a function's, it is not looked for beside the defining file. */
const missingEntry = (props: unknown): readonly PlanError[] =>
  !isObject(props) || props['entry'] !== undefined
    ? []
    : [invalidOption('entry', 'undefined', 'the path of the folder that goes into the layer')];

/** Checks the properties of a layer. */
export const givenLayerProps = (props: PythonLayerVersionProps): GivenProps<PythonLayerVersionProps> => {
  const found = given(props, OWN_OF_LAYERS, OF_LAYERS, 'lambda.LayerVersion', BUNDLING_OF_LAYERS);
  return { ...found, errors: [...found.errors, ...missingEntry(props)] };
};
