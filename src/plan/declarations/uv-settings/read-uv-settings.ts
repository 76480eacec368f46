import type { PlanError } from '../../errors/plan-error';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import { lineOfKey } from '../../packaging/project/toml-lines';
import { SETTING_SHAPES } from '../../model/setting-shapes';
import { fateOfSetting } from '../../errors/setting-table';
import type { TomlTable } from '../../values/toml-values';
import { asArray, asText, tableAt, textAt } from '../../values/toml-values';

/** A file with a `[tool.uv]` table. */
export interface ToolUvFile {
  /** Absolute path. */
  readonly file: string;
  readonly table: TomlTable;
  /** The TOML text, and the number of lines before it in the file. */
  readonly text: string;
  readonly offset: number;
  readonly isScript: boolean;
}

/** A setting that uv gets. */
export interface ReadSetting {
  readonly setting: string;
  readonly value: unknown;
  readonly file: string;
  readonly line: number;
}

/** The settings that uv gets, and errors for those that cannot be followed. */
interface ReadSettings {
  readonly settings: readonly ReadSetting[];
  readonly problems: readonly PlanError[];
}

/** The line of a setting in its file. */
export const lineOfSetting = ({ text, offset }: ToolUvFile, setting: string): number =>
  offset + lineOfKey(text, ['tool', 'uv', setting]);

/** uv takes a date as the end of that day in local time. In UTC, the end is the same on every machine. */
const asMoment = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59.999999Z` : value;

/** A value in the form of a plan. */
const plain = (setting: string, value: unknown): unknown => {
  if (setting === 'exclude-newer') return asMoment(value);
  if (setting === 'exclude-newer-package')
    return Object.fromEntries(
      Object.entries(tableAt({ value }, 'value') ?? {}).map(([name, each]) => [name, asMoment(each)]),
    );
  return JSON.parse(JSON.stringify(value)) as unknown;
};

const urlsOf = (setting: string, value: unknown): readonly string[] =>
  setting === 'index'
    ? (asArray(value) ?? []).flatMap((each) => textAt(each, 'url') ?? [])
    : /index-url$/.test(setting)
      ? [value].flat().flatMap((each) => asText(each) ?? [])
      : [];

/** Whether a value has no effect: off, or empty. */
const isNothing = (value: unknown): boolean =>
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date) &&
    Object.keys(value).length === 0);

/**
 * The settings of `[tool.uv]` that affect an install.
 *
 * @param use - `all` without a lock, `build` with one: a lock lacks only the build settings
 */
export const readUvSettings = (source: ToolUvFile, use: 'all' | 'build'): ReadSettings => {
  const { file, table } = source;
  const all = Object.entries(tableAt(table, 'tool', 'uv') ?? {}).filter(([, value]) => !isNothing(value));
  const settings: ReadSetting[] = [];
  const problems: PlanError[] = [];
  for (const [setting, written] of all) {
    const fate = fateOfSetting(setting);
    const line = lineOfSetting(source, setting);
    if (use === 'all' && (fate === undefined || fate === 'refused'))
      problems.push({ _tag: 'UvSettingNotFollowed', file, line, setting, script: source.isScript });
    if (fate !== 'build' && !(use === 'all' && fate === 'resolution')) continue;
    const value = plain(setting, written);
    if (urlsOf(setting, value).some(hasCredentials))
      problems.push({ _tag: 'CredentialsInDeclaration', file, line });
    else if (SETTING_SHAPES.get(setting)?.(value) !== true)
      problems.push({ _tag: 'UvSettingInvalid', file, line, setting });
    else settings.push({ setting, value, file, line });
  }
  return { settings, problems };
};
