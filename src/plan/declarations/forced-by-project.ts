import type { LockedPackage } from '../locks/locked-set';
import { normalizeName } from '../packaging/package-name';
import { textsAt, valueAt } from '../packaging/toml-file';
import type { ProjectDeclaration } from '../source-snapshot';
import { toolUvFile } from './tool-uv/tool-uv-file';

/**
 * The packages of a uv.lock that `uv sync` builds although they have a wheel, as `[tool.uv] no-binary` or `no-binary-package`
 * says: names as the lock writes them.
 *
 * @see https://docs.astral.sh/uv/reference/settings/#no-binary
 */
export const forcedByProject = (
  declaration: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root'>,
  packages: readonly LockedPackage[],
): readonly string[] => {
  if (declaration.kind !== 'uv') return [];
  const table = toolUvFile(declaration)?.table;
  const isForAll = valueAt(table, 'tool', 'uv', 'no-binary') === true;
  const names = new Set(textsAt(table, 'tool', 'uv', 'no-binary-package').map(normalizeName));
  return packages.flatMap(({ name, source }) =>
    source._tag === 'Index' && (isForAll || names.has(normalizeName(name))) ? name : [],
  );
};
