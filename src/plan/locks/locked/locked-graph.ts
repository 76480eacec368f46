import { byText } from '../../values/hash';
import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import type { Marker } from '../../packaging/requirement/marker';
import { normalizeName } from '../../packaging/requirement/package-name';

/** A dependency on a package. */
export interface LockedEdge<A> {
  /** Name of the package, perhaps not normalized. */
  readonly name: string;
  /** Extras of the package that are needed as well. */
  readonly extras: readonly string[];
  /** The condition of the dependency; null for always. */
  readonly marker: Marker | null;
  /** Chooses among the packages of that name; null accepts all. */
  readonly accepts: ((value: A) => boolean) | null;
}

/** A package of a lock. */
export interface LockedNode<A> {
  readonly name: string;
  /** The targets of the package: one marker must hold; an empty list allows every target. */
  readonly markers: readonly Marker[];
  readonly dependencies: readonly LockedEdge<A>[];
  /** The dependencies of its extras, by their normalized names. */
  readonly optional: ReadonlyMap<string, readonly LockedEdge<A>[]>;
  /** The lock reader's own data about the package. */
  readonly value: A;
}

/** The part of a graph that is reachable on a target. */
export interface Reachable<A> {
  /** Ordered by normalized name, then as in the lock; each once. */
  readonly nodes: readonly LockedNode<A>[];
  /** The requested extras of each node, normalized. */
  readonly extras: ReadonlyMap<LockedNode<A>, ReadonlySet<string>>;
  /** Edges that hold on the target, but whose package the lock does not have for it. */
  readonly missing: readonly LockedEdge<A>[];
}

const byName = <A>(nodes: readonly LockedNode<A>[]): ReadonlyMap<string, readonly LockedNode<A>[]> => {
  const found = new Map<string, LockedNode<A>[]>();
  for (const node of nodes) {
    const name = normalizeName(node.name);
    const same = found.get(name);
    if (same === undefined) found.set(name, [node]);
    else same.push(node);
  }
  return found;
};

const compareNames = <A>(first: LockedNode<A>, second: LockedNode<A>): number =>
  byText(normalizeName(first.name), normalizeName(second.name));

/**
 * The packages that roots need on a target, directly or through others. The dependencies of an extra are followed even
 * if its package was reached without the extra before. The graph may have cycles.
 */
export const reachable = <A>(
  nodes: readonly LockedNode<A>[],
  roots: readonly LockedEdge<A>[],
  target: MarkerTarget,
): Reachable<A> => {
  const named = byName(nodes);
  const extras = new Map<LockedNode<A>, Set<string>>();
  const missing: LockedEdge<A>[] = [];
  const waiting = [...roots];
  const candidates = (edge: LockedEdge<A>): readonly LockedNode<A>[] =>
    (named.get(normalizeName(edge.name)) ?? []).filter(
      (node) =>
        (edge.accepts === null || edge.accepts(node.value)) &&
        (node.markers.length === 0 || node.markers.some((marker) => evaluateMarker(marker, target))),
    );
  const enter = (node: LockedNode<A>, wanted: readonly string[]): void => {
    const had = extras.get(node);
    const has = had ?? new Set<string>();
    if (had === undefined) waiting.push(...node.dependencies);
    extras.set(node, has);
    for (const extra of wanted.map(normalizeName).filter((name) => !has.has(name))) {
      has.add(extra);
      waiting.push(...(node.optional.get(extra) ?? []));
    }
  };
  for (let edge = waiting.pop(); edge !== undefined; edge = waiting.pop()) {
    if (!evaluateMarker(edge.marker, target)) continue;
    const found = candidates(edge);
    if (found.length === 0) missing.push(edge);
    for (const node of found) enter(node, edge.extras);
  }
  const reached = nodes.filter((node) => extras.has(node)).sort(compareNames);
  return { nodes: reached, extras, missing };
};
