/** The package index that installers ask by default. */
export const DEFAULT_INDEX = 'https://pypi.org/simple';

/** The hosts of that index: of its pages, and of its files. */
export const DEFAULT_HOSTS: readonly string[] = ['pypi.org', 'files.pythonhosted.org'];

/** The URL of an index as a locked package has it: null for the default one. */
export const indexUrl = (url: string): string | null =>
  url.replace(/\/+$/, '') === DEFAULT_INDEX ? null : url;
