import { readableToml } from '../project/readable-toml';
import type { TomlTable } from '../../values/toml-values';
import { tableAt } from '../../values/toml-values';

/**
 * The settings of hatchling: those of pyproject.toml, in which each table that a `hatch.toml` beside it has takes the place of
 * the one of its name.
 *
 * @param document pyproject.toml
 * @param hatch the text of hatch.toml; empty where there is none
 * @see https://hatch.pypa.io/latest/intro/#project-metadata
 */
export const hatchConfig = (document: unknown, hatch = ''): TomlTable => ({
  ...tableAt(document, 'tool', 'hatch'),
  ...readableToml(hatch),
});
