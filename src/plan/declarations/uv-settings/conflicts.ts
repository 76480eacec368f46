import { isRight } from 'fp-ts/Either';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import { groupNames, includedGroups } from '../../packaging/project/pyproject-tables';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { parseToml } from '../../packaging/project/toml-file';
import type { ProjectDeclaration, ProjectFile } from '../../model/source-snapshot';
import { asArray, itemsAt, tableAt, textAt, valueAt, type TomlTable } from '../../values/toml-values';

/** The chosen groups and extras of a project. */
interface Chosen {
  readonly groups: readonly string[];
  readonly extras: readonly string[];
}

interface Item {
  readonly kind: 'extra' | 'group';
  readonly name: string;
}

/** The chosen extra or group that an item of a conflict set names; undefined if it is not chosen. */
const chosenItem = (item: unknown, own: string, { groups, extras }: Chosen): Item | undefined => {
  const [owner, extra, group] = [textAt(item, 'package'), textAt(item, 'extra'), textAt(item, 'group')];
  if (owner !== undefined && normalizeName(owner) !== own) return undefined;
  if (extra !== undefined && extras.includes(normalizeName(extra))) return { kind: 'extra', name: extra };
  if (group !== undefined && groups.includes(normalizeName(group))) return { kind: 'group', name: group };
  return undefined;
};

const kindsOf = (items: readonly Item[]): string => {
  const kinds = new Set(items.map(({ kind }) => kind));
  return kinds.size > 1 ? 'extras and groups' : kinds.has('extra') ? 'extras' : 'groups';
};

const conflictsIn = (
  { file, text }: ProjectFile,
  table: TomlTable,
  at: readonly string[],
  own: string,
  chosen: Chosen,
): readonly PlanError[] =>
  itemsAt(table, ...at).flatMap((set): readonly PlanError[] => {
    const found = (asArray(set) ?? []).flatMap((item) => chosenItem(item, own, chosen) ?? []);
    return found.length < 2
      ? []
      : [
          {
            _tag: 'ExcludeEachOther',
            file,
            line: lineOfKey(text, at),
            kinds: kindsOf(found),
            names: found.map(({ name }) => name),
          },
        ];
  });

/** Adds the groups that a group includes, because a conflict set may name one of these. */
const withIncluded = (table: TomlTable, groups: readonly string[]): readonly string[] =>
  groups.flatMap((group) => {
    const known = groupNames(table).find((name) => normalizeName(name) === normalizeName(group));
    return known === undefined ? [normalizeName(group)] : includedGroups(table, known);
  });

/**
 * Reports chosen extras and groups that exclude each other by `[tool.uv] conflicts`. A lock has the conflict sets as
 * well; an error names the place where they are declared.
 *
 * @see https://docs.astral.sh/uv/concepts/projects/config/#conflicting-dependencies
 */
export const conflictErrors = (
  { kind, source, manifest, root }: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root'>,
  { groups, extras }: Chosen,
): readonly PlanError[] => {
  if ((kind !== 'uv' && kind !== 'pyproject') || groups.length + extras.length < 2) return [];
  const project = kind === 'uv' ? manifest : source;
  if (project === null || !project.file.endsWith('.toml')) return [];
  const read = parseToml(project);
  if (!isRight(read)) return [];
  const own = normalizeName(textAt(read.right, 'project', 'name') ?? '');
  const chosen = {
    groups: withIncluded(read.right, groups),
    extras: extras.map(normalizeName),
  };
  const inFile = (file: ProjectFile | undefined, at: readonly string[]): readonly PlanError[] => {
    const table = file === undefined ? undefined : parseToml(file);
    return file === undefined || table === undefined || !isRight(table)
      ? []
      : conflictsIn(file, table.right, at, own, chosen);
  };
  const written = [project, root].flatMap((file) => inFile(file, ['tool', 'uv', 'conflicts']));
  return written.length > 0 || kind !== 'uv' ? written : inFile(source, ['conflicts']);
};

/** The Python versions that `[tool.uv.dependency-groups]` sets for a group. PEP 735 has no such field. */
export const groupPython = (table: TomlTable, group: string): string | undefined => {
  const all = tableAt(table, 'tool', 'uv', 'dependency-groups') ?? {};
  const key = Object.keys(all).find((name) => normalizeName(name) === normalizeName(group));
  return key === undefined ? undefined : textAt(valueAt(all, key), 'requires-python');
};
