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

/** Tells what of the options of dependencies is none; that is left out of the others. */
export const givenOptions = (given: unknown): CheckedOptions =>
  checkedOptions(given, DEPENDENCY_CHECKS, { path: 'dependencies', expected: 'an object with options' });
