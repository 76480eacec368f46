import type { DependencyRequest } from '../bundle-request';

/** The indexes that a lock names, besides the one that the installer asks by default. */
export interface NamedIndexes {
  readonly urls: readonly string[];
  /** Whether the default one is asked as well. */
  readonly withDefault: boolean;
}

/**
 * The lines of a requirements file that name the package indexes: those of the options, then those of a lock. Where no
 * package comes from the default index, the first of the others takes its place, so that no name is looked up there.
 */
export const indexLines = (
  { index, extraIndexes }: Pick<DependencyRequest, 'index' | 'extraIndexes'>,
  named: NamedIndexes = { urls: [], withDefault: true },
): readonly string[] => {
  const [first, ...others] = [...new Set([...extraIndexes, ...named.urls])];
  if (index !== undefined)
    return [`--index-url ${index}`, ...[first, ...others].flatMap((url) => extra(url))];
  if (first === undefined) return [];
  return named.withDefault
    ? [first, ...others].flatMap(extra)
    : [`--index-url ${first}`, ...others.flatMap(extra)];
};

const extra = (url: string | undefined): readonly string[] =>
  url === undefined ? [] : [`--extra-index-url ${url}`];
