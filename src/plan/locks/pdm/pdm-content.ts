import { normalizeName } from '../../packaging/requirement/package-name';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, valueAt } from '../../values/toml-values';

const listOf = (u: unknown): readonly unknown[] => (Array.isArray(u) ? (u as readonly unknown[]) : []);

/** The groups of PEP 735, and PDM's own groups, which extend those of the same name. */
const developmentGroups = (manifest: TomlTable): TomlTable => {
  const tables = [
    tableAt(manifest, 'dependency-groups') ?? {},
    tableAt(manifest, 'tool', 'pdm', 'dev-dependencies') ?? {},
  ];
  const groups = new Map<string, readonly unknown[]>();
  for (const [name, list] of tables.flatMap((table) => Object.entries(table))) {
    const key = normalizeName(name);
    groups.set(key, [...(groups.get(key) ?? []), ...listOf(list)]);
  }
  return Object.fromEntries(groups);
};

/**
 * The contents that the `content_hash` of a pdm.lock may be of, by the version of PDM. Since 2.20 the content has the
 * groups of PEP 735, since 2.16 all of `[tool.pdm.resolution]`, and before that only its overrides. Null for a manifest
 * of Poetry or Flit, which PDM converts, and for the root of a workspace, whose hash includes its members' manifests.
 *
 * @see pdm, `PyProject.content_hash`
 */
export const pdmContents = (manifest: TomlTable): readonly TomlTable[] | null => {
  if (tableAt(manifest, 'project') === undefined) return null;
  if (tableAt(manifest, 'tool', 'pdm', 'workspace') !== undefined) return null;
  const project = tableAt(manifest, 'project') ?? {};
  const pdm = tableAt(manifest, 'tool', 'pdm') ?? {};
  const common = {
    sources: valueAt(pdm, 'source') ?? [],
    dependencies: valueAt(project, 'dependencies') ?? [],
    'optional-dependencies': tableAt(project, 'optional-dependencies') ?? {},
    'requires-python': valueAt(project, 'requires-python') ?? '',
  };
  const written = tableAt(pdm, 'dev-dependencies') ?? {};
  const resolution = tableAt(pdm, 'resolution') ?? {};
  return [
    { ...common, 'dev-dependencies': developmentGroups(manifest), resolution },
    { ...common, 'dev-dependencies': written, resolution },
    { ...common, 'dev-dependencies': written, overrides: tableAt(resolution, 'overrides') ?? {} },
  ];
};
