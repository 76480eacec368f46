import type { DependencyRequest } from '../../request/bundle-request';
import type { PlanError } from '../../errors/plan-error';
import type { ReadSetting, ToolUvFile } from './read-uv-settings';
import { readUvSettings } from './read-uv-settings';
import type { IndexedRequirement, UvSettings } from '../../model/uv-settings';
import { textAt, valueAt } from '../../values/toml-values';

/** The settings that uv gets, if any, and errors for those that cannot be followed. */
interface UvSettingsOrErrors {
  readonly uv: UvSettings | undefined;
  readonly problems: readonly PlanError[];
}

/**
 * Keeps the indexes that uv asks. An explicit index serves only its own packages, and an option replaces the default
 * index.
 */
const askedIndexes = (
  value: unknown,
  indexed: readonly IndexedRequirement[],
  { index }: Pick<DependencyRequest, 'index'>,
): readonly unknown[] =>
  (value as readonly unknown[]).filter((each) => {
    const isUsed = indexed.some((one) => one.index === textAt(each, 'name'));
    if (valueAt(each, 'explicit') === true) return isUsed;
    return isUsed || index === undefined || valueAt(each, 'default') !== true;
  });

const asked = (
  read: ReadSetting,
  indexed: readonly IndexedRequirement[],
  dependencies: Pick<DependencyRequest, 'index'>,
): readonly ReadSetting[] => {
  if (read.setting === 'index-url' && dependencies.index !== undefined) return [];
  if (read.setting !== 'index') return [read];
  const value = askedIndexes(read.value, indexed, dependencies);
  return value.length === 0 ? [] : [{ ...read, value }];
};

/**
 * The `[tool.uv]` settings for an install.
 *
 * @param use - `all` without a lock, `build` with one
 */
export const uvSettingsOf = (
  source: ToolUvFile,
  use: 'all' | 'build',
  dependencies: Pick<DependencyRequest, 'index'>,
  indexed: readonly IndexedRequirement[] = [],
): UvSettingsOrErrors => {
  const { settings, problems } = readUvSettings(source, use);
  const given = settings.flatMap((read) => asked(read, indexed, dependencies));
  return {
    problems,
    uv:
      given.length === 0
        ? undefined
        : {
            settings: Object.fromEntries(given.map(({ setting, value }) => [setting, value])),
            indexed,
            from: given.map(({ setting, file, line }) => ({ setting, file, line })),
          },
  };
};
