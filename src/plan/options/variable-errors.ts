import type { BundleRequest } from '../request/bundle-request';
import { indexVariableProblems } from '../variables/index-variables';
import { isOn } from '../values/is-on';
import type { PlanError } from '../errors/plan-error';

/** Variables that have an installer take a file whose hash is not the declared one, by the value that does so. */
const SWITCHES: Readonly<Record<string, (value: string) => boolean>> = {
  UV_NO_VERIFY_HASHES: isOn,
  UV_VERIFY_HASHES: (value) => !isOn(value),
};

const optionOf = (name: string): string => `bundling.environment.${name}`;

/**
 * Variables of the app that no install may have: they would let an installer pass over a declared hash, or ask another index
 * than the key says.
 */
export const variableErrors = ({
  variables = {},
}: Pick<BundleRequest, 'variables'>): readonly PlanError[] => [
  ...Object.entries(variables)
    .filter(([name, value]) => Object.hasOwn(SWITCHES, name) && SWITCHES[name]?.(value) === true)
    .map(([name]): PlanError => ({ _tag: 'ChecksSwitchedOff', option: optionOf(name) })),
  ...indexVariableProblems(variables).map(({ name, problem }): PlanError => ({
    _tag: 'InvalidIndexVariable',
    option: optionOf(name),
    problem,
  })),
];
