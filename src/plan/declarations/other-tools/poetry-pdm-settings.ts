import { DEFAULT_INDEX, isSameIndex } from '../../packaging/requirement/package-indexes';
import { lineOfKey } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import type { TomlTable } from '../../values/toml-values';
import { asTable, tableAt, tablesAt, textAt, valueAt } from '../../values/toml-values';

/*
 * Settings of Poetry and PDM beside a `[project]` table that decide what these tools install. Only their locks have the
 * result, so without a lock such a setting is an error. The other settings of the two tools do not affect an install.
 */

interface Setting {
  readonly at: readonly string[];
  /** The effect of the setting in the tool, as the end of a sentence. */
  readonly decides: string;
  readonly isIndex: boolean;
  /** Whether the present value decides anything. */
  readonly counts: (table: TomlTable, at: readonly string[]) => boolean;
}

const isThere = (table: TomlTable, at: readonly string[]): boolean => {
  const value = valueAt(table, ...at);
  if (Array.isArray(value)) return value.length > 0;
  const inner = asTable(value);
  return inner === undefined ? value !== undefined && value !== false : Object.keys(inner).length > 0;
};

/** An explicit source only serves packages that name it, and Poetry asks PyPI anyway. */
const namesPoetryIndex = (table: TomlTable, at: readonly string[]): boolean =>
  tablesAt(table, ...at).some(
    (source) => textAt(source, 'priority') !== 'explicit' && textAt(source, 'name')?.toLowerCase() !== 'pypi',
  );

const namesPdmIndex = (table: TomlTable, at: readonly string[]): boolean =>
  tablesAt(table, ...at).some((source) => !isSameIndex(textAt(source, 'url') ?? '', DEFAULT_INDEX));

const from = (...at: readonly string[]) => ['tool', ...at];

const POETRY: readonly Setting[] = [
  {
    at: from('poetry', 'source'),
    decides: 'takes packages from these indexes',
    isIndex: true,
    counts: namesPoetryIndex,
  },
  {
    at: from('poetry', 'build-constraints'),
    decides: 'builds distributions by these constraints',
    isIndex: false,
    counts: isThere,
  },
];

const PDM: readonly Setting[] = [
  {
    at: from('pdm', 'source'),
    decides: 'takes packages from these indexes',
    isIndex: true,
    counts: namesPdmIndex,
  },
  ...['overrides', 'excludes', 'allow-prereleases', 'respect-source-order'].map((name) => ({
    at: from('pdm', 'resolution', name),
    decides: 'resolves by this setting',
    isIndex: false,
    counts: isThere,
  })),
  ...['lock', 'install', 'sync'].map((name) => ({
    at: from('pdm', 'options', name),
    decides: 'runs with these options',
    isIndex: false,
    counts: isThere,
  })),
];

const errorsOf = (
  { file, text }: ProjectFile,
  table: TomlTable,
  settings: readonly Setting[],
  tool: 'Poetry' | 'PDM',
  isIndexNamed: boolean,
): readonly PlanError[] =>
  settings
    .filter(({ at, isIndex, counts }) => !(isIndex && isIndexNamed) && counts(table, at))
    .map(({ at, decides, isIndex }) => ({
      _tag: 'ToolSettingNotFollowed',
      file,
      line: lineOfKey(text, at),
      setting: at.join('.'),
      tool,
      decides,
      isIndex,
    }));

/**
 * Reports settings of Poetry and PDM that only their locks follow.
 *
 * @param isIndexNamed - Whether options name the index of packages
 */
export const otherToolErrors = (
  source: ProjectFile,
  table: TomlTable,
  isIndexNamed: boolean,
): readonly PlanError[] => [
  ...(tableAt(table, 'tool', 'poetry') === undefined
    ? []
    : errorsOf(source, table, POETRY, 'Poetry', isIndexNamed)),
  ...(tableAt(table, 'tool', 'pdm') === undefined ? [] : errorsOf(source, table, PDM, 'PDM', isIndexNamed)),
];
