import { isLeft } from 'fp-ts/Either';
import type { LockedPackage } from '../../locks/locked/locked-set';
import { normalizeName } from '../../packaging/requirement/package-name';
import { parseToml } from '../../packaging/project/toml-file';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import { pdmFormats } from '../other-tools/pdm-formats';
import { poetryFilter } from '../other-tools/poetry-toml';
import { toolUvFile } from '../uv-settings/tool-uv-file';
import { textsAt, valueAt } from '../../values/toml-values';

type Declaration = Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root' | 'settings'>;

/** Whether `[tool.uv] no-binary` or `no-binary-package` forces a build of a package. */
const byUv = (declaration: Declaration): ((name: string) => boolean) => {
  const table = toolUvFile(declaration)?.table;
  const isForAll = valueAt(table, 'tool', 'uv', 'no-binary') === true;
  const names = new Set(textsAt(table, 'tool', 'uv', 'no-binary-package').map(normalizeName));
  return (name) => isForAll || names.has(normalizeName(name));
};

/** Whether `no-binary` of `[tool.pdm.resolution]` forces a build of a package. */
const byPdm = ({ manifest }: Declaration): ((name: string) => boolean) => {
  const table = manifest === null ? undefined : parseToml(manifest);
  const formatOf = pdmFormats(table === undefined || isLeft(table) ? {} : table.right);
  return (name) => formatOf(name) === 'source';
};

const rulesOf = (declaration: Declaration): ((name: string) => boolean) => {
  switch (declaration.kind) {
    case 'uv':
      return byUv(declaration);
    case 'pdm':
      return byPdm(declaration);
    case 'poetry':
      return poetryFilter(declaration.settings, 'no-binary');
    case 'pipenv':
    case 'pylock':
    case 'pyproject':
    case 'script':
      return () => false;
  }
};

/**
 * The packages that a lock's tool builds although they have a wheel, with names as in the lock. uv, PDM and Poetry have
 * this setting in the project, pipenv has it with each package of the lock.
 *
 * @see https://docs.astral.sh/uv/reference/settings/#no-binary
 */
export const forcedByProject = (
  declaration: Declaration,
  packages: readonly LockedPackage[],
): readonly string[] => {
  const byProject = rulesOf(declaration);
  return packages.flatMap(({ name, source, fromSource }) =>
    source._tag === 'Index' && (fromSource === true || byProject(name)) ? name : [],
  );
};
