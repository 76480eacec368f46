import { isLeft } from 'fp-ts/Either';
import { parseToml } from '../../packaging/toml-file';
import type { ProjectDeclaration } from '../../source-snapshot';
import type { UvSettings } from '../tool-uv/uv-settings';
import type { BuildSettingError } from '../lock-setting-error';
import { pdmBuildProblems } from './pdm-problems';
import { poetryBuildConstraints } from './poetry-constraints';

/** What the tool of a lock says of how packages are built. */
interface ToolBuilds {
  /** For uv, which alone can do it. */
  readonly uv: UvSettings | undefined;
  readonly problems: readonly BuildSettingError[];
}

const NONE: ToolBuilds = { uv: undefined, problems: [] };

/**
 * What Poetry and PDM say of builds beside their locks. Such a setting does not matter to a package that has a wheel for the target.
 *
 * @param built - Names of the packages that may be built
 * @param withoutWheel - Names of those that have no wheel for the target for certain
 */
export const toolBuilds = (
  { kind, manifest }: Pick<ProjectDeclaration, 'kind' | 'manifest'>,
  built: readonly string[],
  withoutWheel: readonly string[],
): ToolBuilds => {
  if (built.length === 0 || manifest === null || (kind !== 'poetry' && kind !== 'pdm')) return NONE;
  const table = parseToml(manifest);
  if (isLeft(table)) return NONE;
  return kind === 'poetry'
    ? poetryBuildConstraints(manifest, table.right, built)
    : { uv: undefined, problems: pdmBuildProblems(manifest, table.right, built, withoutWheel) };
};
