/** The package index that installers ask by default. */
export const DEFAULT_INDEX = 'https://pypi.org/simple';

/** The hosts of that index: of its pages, and of its files. */
export const DEFAULT_HOSTS: readonly string[] = ['pypi.org', 'files.pythonhosted.org'];

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** Whether two URLs are of one index. Poetry and uv write the URL of a project into their locks without its last slash. */
export const isSameIndex = (a: string, b: string): boolean => withoutSlash(a) === withoutSlash(b);

/** The URL of an index as a locked package has it: null for the default one. */
export const indexUrl = (url: string): string | null => (isSameIndex(url, DEFAULT_INDEX) ? null : url);
