/** The package index that installers ask by default. */
export const DEFAULT_INDEX = 'https://pypi.org/simple';

/** The hosts of the default index, for its pages and its files. */
export const DEFAULT_HOSTS: readonly string[] = ['pypi.org', 'files.pythonhosted.org'];

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/**
 * Whether two URLs name the same index. Poetry and uv write a project's URL into their locks without its trailing
 * slash.
 */
export const isSameIndex = (a: string, b: string): boolean => withoutSlash(a) === withoutSlash(b);

/** The index URL of a locked package: null for the default index. */
export const indexUrl = (url: string): string | null => (isSameIndex(url, DEFAULT_INDEX) ? null : url);
