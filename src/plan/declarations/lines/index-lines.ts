import type { DependencyRequest } from '../../request/bundle-request';

/** The indexes that a lock names besides the default index. */
interface NamedIndexes {
  readonly urls: readonly string[];
  /** Whether the installer also asks the default index. */
  readonly withDefault: boolean;
}

/**
 * The lines of a requirements file that name the indexes: first those of the options, then those of a lock. If no
 * package comes from the default index, the first of the others replaces it, so that installers look up no name there.
 */
export const indexLines = (
  { index, extraIndexes }: Pick<DependencyRequest, 'index' | 'extraIndexes'>,
  named: NamedIndexes = { urls: [], withDefault: true },
): readonly string[] => {
  const urls = [...new Set([...extraIndexes, ...named.urls])];
  const isReplaced = index === undefined && !named.withDefault;
  const first = index ?? (isReplaced ? urls[0] : undefined);
  return [
    ...(first === undefined ? [] : [`--index-url ${first}`]),
    ...(isReplaced ? urls.slice(1) : urls).map((url) => `--extra-index-url ${url}`),
  ];
};
