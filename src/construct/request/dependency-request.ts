import type { DependencyRequest, RequiredBy } from '../../plan/request/bundle-request';
import { givenOptions } from '../../plan/options/dependency-option-types';
import { slimPatterns } from '../../plan/options/slim';
import type { BundlingOptions } from '../props/bundling-options';
import type { DependencyOptions } from '../props/dependency-options';

/** The context key that names the declaration to use in a whole app, or in a part of its tree. */
export const FROM_KEY = 'cdk-lambda-python:dependenciesFrom';

/** The context key that asks for hashes in a whole app, or in a part of its tree. */
export const REQUIRE_HASHES_KEY = 'cdk-lambda-python:requireHashes';

/** The context key that asks for pinned declarations in a whole app, or in a part of its tree. */
export const REQUIRE_PINNED_KEY = 'cdk-lambda-python:requirePinned';

/** On a command line, a context has no types: `-c key=false` gives a text. Anything else is a yes. */
const isOn = (context: unknown): boolean =>
  context !== undefined && context !== null && context !== false && context !== 'false';

/** What the context keys of policies have. */
interface DependencyPolicies {
  /** That of {@link FROM_KEY}. */
  readonly from?: unknown;
  /** That of {@link REQUIRE_HASHES_KEY}. */
  readonly hashes?: unknown;
  /** That of {@link REQUIRE_PINNED_KEY}. */
  readonly pinned?: unknown;
}

/** A context of another type names no file, and is told as one that is not there. */
const fromContext = (context: unknown): string | undefined =>
  context === undefined || context === null
    ? undefined
    : typeof context === 'string'
      ? context
      : JSON.stringify(context);

/** What a user wrote of dependencies, as plain data. */
export const dependencyRequest = (
  given: DependencyOptions,
  { poetryIncludeHashes = true, poetryWithoutUrls = false }: BundlingOptions,
  policies: DependencyPolicies = {},
): DependencyRequest => {
  const { options: read, wrong } = givenOptions(given);
  const { index, slim, resolvedAsOf, ...options }: DependencyOptions = read;
  const from = options.from ?? fromContext(policies.from);
  const requiredBy: RequiredBy = {
    ...(isOn(policies.hashes) ? { hashes: REQUIRE_HASHES_KEY } : {}),
    ...(isOn(policies.pinned) ? { pinned: REQUIRE_PINNED_KEY } : {}),
    ...(options.from === undefined && from !== undefined ? { from: FROM_KEY } : {}),
  };
  return {
    ...(from === undefined ? {} : { from }),
    groups: options.groups ?? [],
    extras: options.extras ?? [],
    ...(index === undefined ? {} : { index }),
    extraIndexes: options.extraIndexes ?? [],
    // A policy: one function cannot say otherwise.
    requireHashes: isOn(policies.hashes) || (options.requireHashes ?? false),
    ...(isOn(policies.pinned) || options.requirePinned === true ? { requirePinned: true } : {}),
    ...(Object.keys(requiredBy).length === 0 ? {} : { requiredBy }),
    ...(resolvedAsOf === undefined ? {} : { resolvedAsOf }),
    // AWS's own construct only asks for them where it is told to: to leave them unchecked must be somebody's wish.
    hashes: poetryIncludeHashes,
    urls: !poetryWithoutUrls,
    omit: options.omit ?? [],
    exclude: [...slimPatterns(slim), ...(options.exclude ?? [])],
    ...(wrong.length === 0 ? {} : { wrong }),
  };
};
