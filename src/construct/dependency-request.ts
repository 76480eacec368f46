import type { DependencyRequest } from '../plan/bundle-request';
import { slimPatterns } from '../plan/slim';
import type { BundlingOptions } from './bundling-options';
import type { DependencyOptions } from './dependency-options';

/** What a user wrote of dependencies, as plain data. */
export const dependencyRequest = (
  { from, index, slim, ...options }: DependencyOptions,
  { poetryIncludeHashes = true, poetryWithoutUrls = false }: BundlingOptions,
): DependencyRequest => ({
  ...(from === undefined ? {} : { from }),
  groups: options.groups ?? [],
  extras: options.extras ?? [],
  ...(index === undefined ? {} : { index }),
  extraIndexes: options.extraIndexes ?? [],
  requireHashes: options.requireHashes ?? false,
  // AWS's own construct only asks for them where it is told to: to leave them unchecked must be somebody's wish.
  hashes: poetryIncludeHashes,
  urls: !poetryWithoutUrls,
  omit: options.omit ?? [],
  exclude: [...slimPatterns(slim), ...(options.exclude ?? [])],
});
