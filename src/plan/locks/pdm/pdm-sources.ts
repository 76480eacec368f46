import type { PackageSource } from '../locked/locked-set';
import { DEFAULT_HOSTS } from '../../packaging/requirement/package-indexes';
import { normalizeName } from '../../packaging/requirement/package-name';
import { pdmSourceUrl } from '../locked/pdm-source-url';
import { plainIndex } from '../locked/plain-index';
import type { TomlTable } from '../../values/toml-values';
import { tablesAt, textAt, textsAt } from '../../values/toml-values';

/** An index, or a page or folder of files, of a project, with patterns of the names of its packages. */
export interface PdmSource {
  /** Null for PyPI. */
  readonly url: string | null;
  /** Whether it is a page or folder of files (`type = "find_links"`). */
  readonly isLinks: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The indexes of a project. The first is PyPI, unless the project replaces it. */
export const pdmSources = (manifest: TomlTable): readonly PdmSource[] => {
  const tables = tablesAt(manifest, 'tool', 'pdm', 'source').filter(
    (source) => textAt(source, 'url') !== undefined,
  );
  const named = tables.map((source): PdmSource => ({
    url: plainIndex(pdmSourceUrl(source) ?? ''),
    isLinks: (textAt(source, 'type') ?? 'index') !== 'index',
    include: textsAt(source, 'include_packages'),
    exclude: textsAt(source, 'exclude_packages'),
  }));
  const first = tables.findIndex(
    (source, at) => textAt(source, 'name') === 'pypi' && named[at]?.isLinks === false,
  );
  const pypi: PdmSource = named[first] ?? { url: null, isLinks: false, include: [], exclude: [] };
  return [pypi, ...named.filter((_, at) => at !== first)];
};

/** Whether a name matches one of some patterns with `*` and `?`. */
const matches = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      'i',
    ).test(name),
  );

const hostOf = (url: string): string =>
  (/^[a-z]+:\/\/(?:[^@/]*@)?([^/]*)/i.exec(url)?.[1] ?? '').toLowerCase();

const isOf = (file: string, { url }: PdmSource): boolean =>
  url === null ? DEFAULT_HOSTS.includes(hostOf(file)) : hostOf(file) === hostOf(url);

/**
 * The index of a package. PDM uses the indexes that include the package, else those that do not exclude it. If several
 * are left, the URLs of the files may decide (strategy `static_urls`).
 *
 * @param files URLs of the package's files, if the lock has them
 * @see pdm, `models/repositories/base.py`, `get_filtered_sources`
 */
export const pdmSourceOf = (
  name: string,
  sources: readonly PdmSource[],
  files: readonly string[],
): Extract<PackageSource, { readonly _tag: 'Index' }> => {
  const key = normalizeName(name);
  const included = sources.filter(({ include }) => matches(key, include));
  const asked = included.length > 0 ? included : sources.filter(({ exclude }) => !matches(key, exclude));
  const naming = asked.filter((source) => files.length > 0 && files.every((file) => isOf(file, source)));
  const found = naming.length > 0 ? naming : asked;
  const [first, ...rest] = found.filter(({ isLinks }) => !isLinks);
  const others = rest.flatMap(({ url }) => url ?? []);
  const links = found.flatMap(({ url, isLinks }) => (isLinks ? (url ?? []) : []));
  return {
    _tag: 'Index',
    url: first?.url ?? null,
    ...(others.length === 0 ? {} : { others }),
    ...(links.length === 0 ? {} : { links }),
    ...(links.length > 0 && first === undefined ? { linksAlone: true as const } : {}),
  };
};
