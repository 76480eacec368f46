import { isRight } from 'fp-ts/Either';
import { normalizeName } from './package-name';
import { readableToml } from './readable-toml';
import { parseRequirement } from './requirement';
import type { TomlTable } from './toml-values';
import { tableAt, textsAt } from './toml-values';

/** The group, or the extra, of a project by which a distribution is installed. */
export interface ChosenBy {
  readonly option: 'groups' | 'extras';
  readonly name: string;
}

const names = (requirements: readonly string[]): readonly string[] =>
  requirements.flatMap((text) => {
    const read = parseRequirement(text);
    return isRight(read) ? normalizeName(read.right.name) : [];
  });

/** What a list, or Poetry's table, names. */
const namesAt = (document: TomlTable, ...keys: readonly string[]): readonly string[] => [
  ...names(textsAt(document, ...keys)),
  ...Object.keys(tableAt(document, ...keys) ?? {}).map(normalizeName),
];

const PLAIN = [
  ['project', 'dependencies'],
  ['tool', 'poetry', 'dependencies'],
] as const;

/** Tables of groups (PEP 735) and extras by their names. */
const CHOICES = [
  ['groups', ['dependency-groups']],
  ['extras', ['project', 'optional-dependencies']],
] as const;

/** By which group or extra a pyproject.toml has a distribution; undefined where it has it without one, or not at all. */
export const chosenBy = (text: string, distribution: string): ChosenBy | undefined => {
  const document = readableToml(text);
  const wanted = normalizeName(distribution.replace(/\[.*/, ''));
  const has = (...keys: readonly string[]): boolean => namesAt(document, ...keys).includes(wanted);
  if (PLAIN.some((keys) => has(...keys))) return undefined;
  for (const [option, table] of CHOICES)
    for (const name of Object.keys(tableAt(document, ...table) ?? {}))
      if (has(...table, name)) return { option, name };
  return undefined;
};
