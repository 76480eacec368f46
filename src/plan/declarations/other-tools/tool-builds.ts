import { isLeft } from 'fp-ts/Either';
import { parseToml } from '../../packaging/project/toml-file';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import type { UvSettings } from '../../model/uv-settings';
import type { BuildSettingError } from '../../errors/lock-setting-error';
import { pdmBuildProblems } from './pdm-problems';
import { pdmTomlProblems } from './pdm-toml';
import { poetryBuildConstraints } from './poetry-constraints';
import { poetryTomlProblems } from './poetry-toml';

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
  { kind, manifest, settings }: Pick<ProjectDeclaration, 'kind' | 'manifest' | 'settings'>,
  built: readonly string[],
  withoutWheel: readonly string[],
): ToolBuilds => {
  if (built.length === 0 || manifest === null || (kind !== 'poetry' && kind !== 'pdm')) return NONE;
  const table = parseToml(manifest);
  if (isLeft(table)) return NONE;
  if (kind === 'pdm')
    return {
      uv: undefined,
      problems: [
        ...pdmBuildProblems(manifest, table.right, built, withoutWheel),
        ...pdmTomlProblems(settings, built),
      ],
    };
  const { uv, problems } = poetryBuildConstraints(manifest, table.right, built);
  return { uv, problems: [...problems, ...poetryTomlProblems(settings, built, withoutWheel)] };
};
