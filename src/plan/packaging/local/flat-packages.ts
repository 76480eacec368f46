import { readableToml } from '../project/readable-toml';
import { asArray, asTable, asText, tableAt } from '../../values/toml-values';

/**
 * The packages that a project names in its own folder, each as the first part of its path. A bundle of that folder has
 * only these, because a project's folder has much else.
 *
 * @see https://python-poetry.org/docs/pyproject/#packages
 */
export const flatPackages = (text: string): readonly string[] => {
  const named = (asArray(tableAt(readableToml(text), 'tool', 'poetry')?.['packages']) ?? []).flatMap(
    (one) => {
      const table = asTable(one);
      return table?.['from'] === undefined ? (asText(table?.['include']) ?? []) : [];
    },
  );
  const tops = named.map((include) => include.replace(/^(?:\.\/)+/, '').split('/')[0] ?? '');
  return [...new Set(tops)].filter((top) => /^[A-Za-z_]\w*$/.test(top));
};
