import { readableToml } from '../project/readable-toml';
import type { TomlTable } from '../../values/toml-values';
import { tableAt } from '../../values/toml-values';

/**
 * The settings of hatchling: the tables of pyproject.toml, replaced by tables of the same name in a `hatch.toml` beside
 * it.
 *
 * @param document pyproject.toml
 * @param hatch the text of hatch.toml; empty where there is none
 * @see https://hatch.pypa.io/latest/intro/#project-metadata
 */
export const hatchConfig = (document: unknown, hatch = ''): TomlTable => ({
  ...tableAt(document, 'tool', 'hatch'),
  ...readableToml(hatch),
});
