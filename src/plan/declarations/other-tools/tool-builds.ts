import { isLeft } from 'fp-ts/Either';
import { parseToml } from '../../packaging/project/toml-file';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import type { UvSettings } from '../../model/uv-settings';
import type { BuildSettingError } from '../../errors/lock-setting-error';
import { pdmBuildProblems } from './pdm-problems';
import { pdmTomlProblems } from './pdm-toml';
import { poetryBuildConstraints } from './poetry-constraints';
import { poetryTomlProblems } from './poetry-toml';

/** The build settings of a lock's tool. */
interface ToolBuilds {
  /** Settings for uv. Only uv can follow them. */
  readonly uv: UvSettings | undefined;
  readonly problems: readonly BuildSettingError[];
}

const NONE: ToolBuilds = { uv: undefined, problems: [] };

/**
 * Reads the build settings of Poetry and PDM beside their locks. A setting does not matter to a package that has a
 * wheel for the target.
 *
 * @param built - Names of the packages that may be built
 * @param withoutWheel - Names of the packages that certainly have no wheel for the target
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
