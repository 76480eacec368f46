import { DEFAULT_INDEX } from '../../packaging/requirement/package-indexes';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, valueAt } from '../../values/toml-values';

/** The parts of a Pipfile that are no category of packages, and the names that a lock has for two that are. */
const OTHER_PARTS = [
  ...['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv'],
  ...['default', 'develop'],
];

const DEFAULT_SOURCES = [{ name: 'pypi', url: DEFAULT_INDEX, verify_ssl: true }];

const asWritten = (table: TomlTable): TomlTable => table;

/** Since 2026, how a package is spelled does not make a lock stale. */
const normalized = (table: TomlTable): TomlTable =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [normalizeName(name), value]));

/** The categories of a Pipfile besides `packages` and `dev-packages`. */
export const pipfileCategories = (pipfile: TomlTable): readonly string[] =>
  Object.keys(pipfile).filter((key) => !OTHER_PARTS.includes(key));

/**
 * What the hash of a Pipfile.lock may be of: packages as they are spelled or by their normalized names, with the categories
 * that one may name oneself or, before these were hashed, without.
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
