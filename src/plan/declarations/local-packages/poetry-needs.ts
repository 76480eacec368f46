import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { LocalNeed } from '../../packaging/local/local-needs';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { parseToml } from '../../packaging/project/toml-file';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { LocalPackage } from '../../model/source-snapshot';
import { asTable, textsAt, valueAt } from '../../values/toml-values';
import type { TomlTable } from '../../values/toml-values';

/** Poetry's table of dependencies. */
const TABLE = ['tool', 'poetry', 'dependencies'] as const;

/** Poetry limits such a dependency to some Pythons or systems without a marker. */
const LIMITS = ['python', 'platform'] as const;

/**
 * The path dependencies of a package that poetry-core builds. It writes their absolute paths into METADATA, so an
 * installer looks for them beside the package. A dependency with `python` or `platform` is left out: its marker would
 * have to be derived.
 *
 * @param extras - The requested extras; by default all extras of the package
 * @see https://python-poetry.org/docs/dependency-specification/#path-dependencies
 */
export const poetryNeeds = (
  { path: folder, pyproject: text = '' }: Pick<LocalPackage, 'path' | 'pyproject'>,
  extras?: readonly string[],
): readonly LocalNeed[] => {
  if (!text.includes('poetry.core')) return [];
  const file = path.join(folder, 'pyproject.toml');
  const document = parseToml({ file, text });
  if (isLeft(document)) return [];
  const inExtras = namesInExtras(document.right, extras);
  return Object.entries(asTable(valueAt(document.right, ...TABLE)) ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((each: unknown): readonly LocalNeed[] => {
      const place = valueAt(each, 'path') ?? valueAt(each, 'file');
      const marker = valueAt(each, 'markers');
      const isAsked = valueAt(each, 'optional') !== true || inExtras.includes(normalizeName(name));
      if (typeof place !== 'string' || !isAsked || LIMITS.some((key) => valueAt(each, key) !== undefined))
        return [];
      return [
        {
          name,
          extras: textsAt(each, 'extras'),
          marker: typeof marker === 'string' ? marker : null,
          path: path.resolve(folder, place),
          file,
          line: lineOfKey(text, [...TABLE, name]),
        },
      ];
    }),
  );
};

/** The normalized names of the distributions in the requested extras of `[tool.poetry.extras]`. */
const namesInExtras = (document: TomlTable, extras: readonly string[] | undefined): readonly string[] => {
  const asked = extras?.map(normalizeName);
  const table = asTable(valueAt(document, 'tool', 'poetry', 'extras')) ?? {};
  return Object.keys(table)
    .filter((extra) => asked?.includes(normalizeName(extra)) ?? true)
    .flatMap((extra) => textsAt(table, extra).map(normalizeName));
};
