import type { DependencyRequest, RequiredBy } from '../../plan/request/bundle-request';
import { givenOptions } from '../../plan/options/dependency-option-types';
import { slimPatterns } from '../../plan/options/slim';
import type { BundlingOptions } from '../props/bundling-options';
import type { DependencyOptions } from '../props/dependency-options';

/** The context key that names the declaration for an app, stage or stack. */
export const FROM_KEY = 'cdk-lambda-python:dependenciesFrom';

/** The context key that requires hashes in an app, stage or stack. */
export const REQUIRE_HASHES_KEY = 'cdk-lambda-python:requireHashes';

/** The context key that requires pinned declarations in an app, stage or stack. */
export const REQUIRE_PINNED_KEY = 'cdk-lambda-python:requirePinned';

/** A context from the command line has no types: `-c key=false` is a string. Every other value means yes. */
const isOn = (context: unknown): boolean =>
  context !== undefined && context !== null && context !== false && context !== 'false';

/** Values of the context keys for policies. */
interface DependencyPolicies {
  /** The value of {@link FROM_KEY}. */
  readonly from?: unknown;
  /** The value of {@link REQUIRE_HASHES_KEY}. */
  readonly hashes?: unknown;
  /** The value of {@link REQUIRE_PINNED_KEY}. */
  readonly pinned?: unknown;
}

/** A value of another type names no file: it is reported as a missing file. */
const fromContext = (context: unknown): string | undefined =>
  context === undefined || context === null
    ? undefined
    : typeof context === 'string'
      ? context
      : JSON.stringify(context);

/** The options for dependencies, as plain data. */
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
    // A policy: a function cannot switch it off.
    requireHashes: isOn(policies.hashes) || (options.requireHashes ?? false),
    ...(isOn(policies.pinned) || options.requirePinned === true ? { requirePinned: true } : {}),
    ...(Object.keys(requiredBy).length === 0 ? {} : { requiredBy }),
    ...(resolvedAsOf === undefined ? {} : { resolvedAsOf }),
    // AWS's own construct exports hashes only on request. Here, somebody must ask to leave them unchecked.
    hashes: poetryIncludeHashes,
    urls: !poetryWithoutUrls,
    omit: options.omit ?? [],
    exclude: [...slimPatterns(slim), ...(options.exclude ?? [])],
    ...(wrong.length === 0 ? {} : { wrong }),
  };
};
