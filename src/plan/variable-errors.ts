import type { BundleRequest } from './bundle-request';
import { isOn } from './installer-environment';
import type { PlanError } from './plan-error';

/** Variables that have an installer take a file whose hash is not the declared one, by the value that does so. */
const SWITCHES: Readonly<Record<string, (value: string) => boolean>> = {
  UV_NO_VERIFY_HASHES: isOn,
  UV_VERIFY_HASHES: (value) => !isOn(value),
};

/** Settings of the app that would let an installer pass over a declared hash. */
export const variableErrors = ({ variables = {} }: Pick<BundleRequest, 'variables'>): readonly PlanError[] =>
  Object.entries(variables)
    .filter(([name, value]) => Object.hasOwn(SWITCHES, name) && SWITCHES[name]?.(value) === true)
    .map(([name]) => ({ _tag: 'ChecksSwitchedOff', option: `bundling.environment.${name}` }));
