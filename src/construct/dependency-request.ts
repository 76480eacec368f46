import type { DependencyRequest } from '../plan/bundle-request';
import { givenOptions } from '../plan/declarations/given-options';
import { slimPatterns } from '../plan/slim';
import type { BundlingOptions } from './bundling-options';
import type { DependencyOptions } from './dependency-options';

/** The context key that asks for hashes in a whole app, or in a part of its tree. */
export const REQUIRE_HASHES_KEY = 'cdk-lambda-python:requireHashes';

/** On a command line, a context has no types: `-c key=false` gives a text. Whatever else is there asks for hashes. */
const isOn = (context: unknown): boolean =>
  context !== undefined && context !== null && context !== false && context !== 'false';

/** What a user wrote of dependencies, as plain data. `requireHashes` is what {@link REQUIRE_HASHES_KEY} has. */
export const dependencyRequest = (
  given: DependencyOptions,
  { poetryIncludeHashes = true, poetryWithoutUrls = false }: BundlingOptions,
  requireHashes?: unknown,
): DependencyRequest => {
  const { options: read, wrong } = givenOptions(given);
  const { from, index, slim, ...options }: DependencyOptions = read;
  return {
    ...(from === undefined ? {} : { from }),
    groups: options.groups ?? [],
    extras: options.extras ?? [],
    ...(index === undefined ? {} : { index }),
    extraIndexes: options.extraIndexes ?? [],
    // A policy: one function cannot say otherwise.
    requireHashes: isOn(requireHashes) || (options.requireHashes ?? false),
    // AWS's own construct only asks for them where it is told to: to leave them unchecked must be somebody's wish.
    hashes: poetryIncludeHashes,
    urls: !poetryWithoutUrls,
    omit: options.omit ?? [],
    exclude: [...slimPatterns(slim), ...(options.exclude ?? [])],
    ...(wrong.length === 0 ? {} : { wrong }),
  };
};
