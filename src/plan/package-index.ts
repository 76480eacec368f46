/** The package index that every installer asks where it is told of no other. */
export const DEFAULT_INDEX = 'https://pypi.org/simple';

/** The index of a URL; null for the one that the installer asks by default. */
export const indexOf = (url: string): string | null =>
  url.replace(/\/+$/, '') === DEFAULT_INDEX ? null : url;
