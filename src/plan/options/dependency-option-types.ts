import type { CheckedOptions, Checks } from '../request/option-checks';
import { checkedOptions, isBoolean, isText, listOf, oneOf } from '../request/option-checks';
import { SLIM_KINDS } from './slim';

const isSlim: Checks[string] = (option, value) =>
  typeof value === 'boolean'
    ? []
    : listOf(oneOf(SLIM_KINDS), 'true, false or a list of kinds')(option, value);

/** Checks of `dependencies`. */
export const DEPENDENCY_CHECKS: Checks = {
  from: isText,
  groups: listOf(isText),
  extras: listOf(isText),
  index: isText,
  extraIndexes: listOf(isText),
  requireHashes: isBoolean,
  requirePinned: isBoolean,
  resolvedAsOf: isText,
  omit: listOf(isText),
  exclude: listOf(isText),
  slim: isSlim,
};

/** Checks the types of the options of `dependencies`. Invalid options are reported and left out. */
export const givenOptions = (given: unknown): CheckedOptions =>
  checkedOptions(given, DEPENDENCY_CHECKS, { path: 'dependencies', expected: 'an object with options' });
