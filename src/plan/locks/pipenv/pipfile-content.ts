import { DEFAULT_INDEX } from '../../packaging/requirement/package-indexes';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, valueAt } from '../../values/toml-values';

/** Keys of a Pipfile that are not custom categories, and the lock's names of `packages` and `dev-packages`. */
const OTHER_PARTS = [
  ...['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv'],
  ...['default', 'develop'],
];

const DEFAULT_SOURCES = [{ name: 'pypi', url: DEFAULT_INDEX, verify_ssl: true }];

const asWritten = (table: TomlTable): TomlTable => table;

/** Since 2026, pipenv hashes normalized names, so that the spelling of a name does not make a lock stale. */
const normalized = (table: TomlTable): TomlTable =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [normalizeName(name), value]));

/** The categories of a Pipfile besides `packages` and `dev-packages`. */
export const pipfileCategories = (pipfile: TomlTable): readonly string[] =>
  Object.keys(pipfile).filter((key) => !OTHER_PARTS.includes(key));

/**
 * The contents that the hash of a Pipfile.lock may be of: names of packages as written or normalized, with or without
 * custom categories, which older versions do not hash.
 *
 * @see plette, `Pipfile.get_hash`; pipenv, `Pipfile.calculate_hash`
 */
export const pipfileContents = (pipfile: TomlTable): readonly TomlTable[] =>
  [asWritten, normalized].flatMap((spell) => {
    const known = {
      _meta: {
        sources: valueAt(pipfile, 'source') ?? DEFAULT_SOURCES,
        requires: tableAt(pipfile, 'requires') ?? {},
      },
      default: spell(tableAt(pipfile, 'packages') ?? {}),
      develop: spell(tableAt(pipfile, 'dev-packages') ?? {}),
    };
    const categories = pipfileCategories(pipfile).map(
      (name) => [name, spell(tableAt(pipfile, name) ?? {})] as const,
    );
    return [known, { ...known, ...Object.fromEntries(categories) }];
  });
