import { isRight } from 'fp-ts/Either';
import { normalizeName } from '../requirement/package-name';
import { readableToml } from './readable-toml';
import { parseRequirement } from '../requirement/requirement';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, textsAt, valueAt } from '../../values/toml-values';

/** The group or extra of a project that installs a distribution. */
export interface ChosenBy {
  readonly option: 'groups' | 'extras';
  readonly name: string;
}

const names = (requirements: readonly string[]): readonly string[] =>
  requirements.flatMap((text) => {
    const read = parseRequirement(text);
    return isRight(read) ? normalizeName(read.right.name) : [];
  });

/** The names in a list, or in Poetry's table. */
const namesAt = (document: TomlTable, ...keys: readonly string[]): readonly string[] => [
  ...names(textsAt(document, ...keys)),
  ...Object.keys(tableAt(document, ...keys) ?? {}).map(normalizeName),
];

/** The packages that Poetry installs only with an extra. Its table lists them with the others. */
const optionalOfPoetry = (document: TomlTable): readonly string[] => {
  const table = tableAt(document, 'tool', 'poetry', 'dependencies') ?? {};
  return Object.keys(table)
    .filter((name) => valueAt(table, name, 'optional') === true)
    .map(normalizeName);
};

const plain = (document: TomlTable): readonly string[] => {
  const optional = optionalOfPoetry(document);
  return [
    ...namesAt(document, 'project', 'dependencies'),
    ...namesAt(document, 'tool', 'poetry', 'dependencies').filter((name) => !optional.includes(name)),
  ];
};

type Keys = readonly string[];

/** The tables of groups and extras, and the keys from a group or extra to its list. */
const CHOICES: readonly (readonly [option: ChosenBy['option'], table: Keys, list?: Keys])[] = [
  ['groups', ['dependency-groups']],
  ['groups', ['tool', 'poetry', 'group'], ['dependencies']],
  ['groups', ['tool', 'pdm', 'dev-dependencies']],
  ['extras', ['project', 'optional-dependencies']],
  ['extras', ['tool', 'poetry', 'extras']],
];

/** The group `dev`, as Poetry and uv also write it. */
const DEV: readonly Keys[] = [
  ['tool', 'poetry', 'dev-dependencies'],
  ['tool', 'uv', 'dev-dependencies'],
];

/**
 * The group or extra by which a pyproject.toml has a distribution; undefined where it has the distribution without one,
 * or not at all.
 */
export const chosenBy = (text: string, distribution: string): ChosenBy | undefined => {
  const document = readableToml(text);
  const wanted = normalizeName(distribution.replace(/\[.*/, ''));
  if (plain(document).includes(wanted)) return undefined;
  const has = (keys: Keys): boolean => namesAt(document, ...keys).includes(wanted);
  for (const [option, table, list = []] of CHOICES)
    for (const name of Object.keys(tableAt(document, ...table) ?? {}))
      if (has([...table, name, ...list])) return { option, name };
  return DEV.some(has) ? { option: 'groups', name: 'dev' } : undefined;
};
