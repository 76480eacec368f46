import type { BundleRequest } from '../request/bundle-request';
import { indexVariableProblems } from '../variables/index-variables';
import { isOn } from '../values/is-on';
import type { PlanError } from '../errors/plan-error';

/** Variables that switch off an installer's hash checks, with a test of their value. */
const SWITCHES: Readonly<Record<string, (value: string) => boolean>> = {
  UV_NO_VERIFY_HASHES: isOn,
  UV_VERIFY_HASHES: (value) => !isOn(value),
};

const optionOf = (name: string): string => `bundling.environment.${name}`;

/**
 * Reports variables of the app that no install may have. With them an installer would ignore a declared hash, or ask
 * another index than the key says.
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
