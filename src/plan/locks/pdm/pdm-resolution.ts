import type { LockedEdge, LockedNode } from '../locked/locked-graph';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PdmPackage } from './pdm-package';
import type { TomlTable } from '../../values/toml-values';
import { tableAt, textsAt } from '../../values/toml-values';

type Edge = LockedEdge<PdmPackage>;

/** Applies the resolution settings of a project to edges. */
export type PdmEdges = (edges: readonly Edge[]) => readonly Edge[];

/**
 * Applies `[tool.pdm.resolution]` to dependencies: those on a package of `excludes` are removed, and those on a package
 * of `overrides` accept any locked version.
 */
export const pdmResolution = (manifest: TomlTable): PdmEdges => {
  const excluded = new Set(textsAt(manifest, 'tool', 'pdm', 'resolution', 'excludes').map(normalizeName));
  const overridden = new Set(
    Object.keys(tableAt(manifest, 'tool', 'pdm', 'resolution', 'overrides') ?? {}).map(normalizeName),
  );
  if (excluded.size + overridden.size === 0) return (edges) => edges;
  return (edges) =>
    edges
      .filter(({ name }) => !excluded.has(normalizeName(name)))
      .map((edge) => (overridden.has(normalizeName(edge.name)) ? { ...edge, accepts: () => true } : edge));
};

/** The packages of a lock with the dependencies that they have in a project. */
export const resolvedNodes = (
  nodes: readonly LockedNode<PdmPackage>[],
  edgesOf: PdmEdges,
): readonly LockedNode<PdmPackage>[] =>
  nodes.map((node) => ({
    ...node,
    dependencies: edgesOf(node.dependencies),
    optional: new Map([...node.optional].map(([extra, edges]) => [extra, edgesOf(edges)])),
  }));
