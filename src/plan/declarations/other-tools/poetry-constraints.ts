import { poetrySpecifier } from '../../locks/poetry/poetry-constraint';
import { normalizeName } from '../../packaging/requirement/package-name';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { ProjectFile } from '../../model/source-snapshot';
import type { UvSettings } from '../../model/uv-settings';
import type { BuildSettingError } from '../../errors/lock-setting-error';
import { inWords } from '../../errors/lock-setting-error';
import type { TomlTable } from '../../values/toml-values';
import { asArray, asTable, asText, tableAt, textAt } from '../../values/toml-values';

const AT = ['tool', 'poetry', 'build-constraints'] as const;

interface Constraints {
  readonly setting: string;
  readonly line: number;
  /** The constraints in PEP 508 form, sorted; null if one has no such form. */
  readonly texts: readonly string[] | null;
}

/** A constraint in PEP 508 form; null if it has alternatives or names a place that is not an index. */
const textOf = (name: string, value: unknown): string | null => {
  const table = asTable(value);
  const isPlain =
    table === undefined || Object.keys(table).every((key) => key === 'version' || key === 'markers');
  const version = asText(value) ?? textAt(table, 'version');
  const specifier = version === undefined || !isPlain ? null : poetrySpecifier(version);
  const marker = textAt(table, 'markers');
  return specifier === null ? null : `${name}${specifier}${marker === undefined ? '' : ` ; ${marker}`}`;
};

const constraintsOf = (manifest: TomlTable, text: string): ReadonlyMap<string, Constraints> =>
  new Map(
    Object.entries(tableAt(manifest, ...AT) ?? {}).map(([name, value]) => {
      const texts = Object.entries(asTable(value) ?? {}).flatMap(([each, constraint]) =>
        (asArray(constraint) ?? [constraint]).map((one) => textOf(each, one)),
      );
      const known = texts.filter((each): each is string => each !== null);
      return [
        normalizeName(name),
        {
          setting: [...AT, name].join('.'),
          line: lineOfKey(text, [...AT, name]),
          texts: known.length === texts.length ? known.sort() : null,
        },
      ];
    }),
  );

/**
 * Turns `[tool.poetry.build-constraints]` of the packages that may be built into uv's list. Poetry has a list for each
 * package, uv has one list for all builds.
 *
 * @param built - Names of the packages that may be built
 * @see https://python-poetry.org/docs/pyproject/#build-constraints
 */
export const poetryBuildConstraints = (
  { file, text }: ProjectFile,
  manifest: TomlTable,
  built: readonly string[],
): { readonly uv: UvSettings | undefined; readonly problems: readonly BuildSettingError[] } => {
  const all = constraintsOf(manifest, text);
  const found = built.flatMap((name) => {
    const constraints = all.get(normalizeName(name));
    return constraints === undefined ? [] : [{ name, ...constraints }];
  });
  const [first] = found;
  if (first === undefined) return { uv: undefined, problems: [] };
  const tag = '_tag' as const;
  const unreadable = found.filter(({ texts }) => texts === null);
  const key = JSON.stringify(first.texts);
  const others = built.filter((name) => JSON.stringify(all.get(normalizeName(name))?.texts) !== key);
  const problems: readonly BuildSettingError[] =
    unreadable.length > 0
      ? unreadable.map(({ name, setting, line }) => ({
          ...{ [tag]: 'BuildSettingNotFollowed' as const, file, line, setting },
          problem: `Poetry builds ${name} with these versions, and uv cannot express them`,
          advice: 'Write each as one range of versions, without `||`',
        }))
      : others.length > 0
        ? [
            {
              ...{
                [tag]: 'BuildSettingNotFollowed' as const,
                file,
                line: first.line,
                setting: first.setting,
              },
              problem: `Poetry builds ${first.name} with these versions and ${inWords(others)} without them, but uv has one list for all builds`,
              advice: `Give ${inWords(others)} the same build constraints`,
            },
          ]
        : [];
  const from = found.map(({ setting, line }) => ({ setting, file, line }));
  const settings = { 'build-constraint-dependencies': first.texts ?? [] };
  return problems.length > 0
    ? { uv: undefined, problems }
    : { uv: { settings, indexed: [], from }, problems };
};
