import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import type { LockedEdge, LockedNode, Reachable } from '../locked/locked-graph';
import { reachable } from '../locked/locked-graph';
import type { Marker } from '../../packaging/requirement/marker';
import { normalizeName } from '../../packaging/requirement/package-name';

/*
 * If extras or groups of a uv project exclude each other, uv's markers say which of them are active. uv writes them as
 * extras with long names: `extra == 'extra-7-project-fast'`, with the length of the project's name before the name.
 */

/** uv's name for an active extra, group or project in a marker. */
export const conflictName = (kind: 'extra' | 'group' | 'project', project: string, name?: string): string =>
  [kind, String(project.length), project, ...(name === undefined ? [] : [name])].join('-');

const isExtra = (marker: Marker, names: readonly string[]): boolean =>
  marker._tag === 'Comparison' &&
  marker.left._tag === 'Variable' &&
  marker.left.name === 'extra' &&
  marker.right._tag === 'Text' &&
  names.includes(marker.right.text);

/** Simplifies a marker for active extras. A comparison with a known result becomes an empty `And` or `Or`. */
const assume = (marker: Marker, names: readonly string[]): Marker => {
  if (marker._tag !== 'Comparison')
    return { ...marker, parts: marker.parts.map((part) => assume(part, names)) };
  if (!isExtra(marker, names)) return marker;
  return { _tag: marker.operator === '==' ? 'And' : 'Or', parts: [] };
};

/** The marker of a dependency, in which the dependency's own extras count as active. */
export const assumeOwnExtras = (
  marker: Marker | null,
  name: string,
  extras: readonly string[],
): Marker | null =>
  marker === null || extras.length === 0
    ? marker
    : assume(
        marker,
        extras.map((extra) => conflictName('extra', normalizeName(name), normalizeName(extra))),
      );

/**
 * Follows the roots until no further extra becomes active. Each active extra may add dependencies, and remove others.
 */
export const reachableWithConflicts = <A>(
  nodes: readonly LockedNode<A>[],
  roots: readonly LockedEdge<A>[],
  target: MarkerTarget,
): Reachable<A> => {
  const found = reachable(nodes, roots, target);
  const known = new Set(target.extras);
  const fresh = [...found.extras]
    .flatMap(([node, extras]) => [
      conflictName('project', node.name),
      ...[...extras].map((extra) => conflictName('extra', node.name, extra)),
    ])
    .filter((name) => !known.has(name));
  return fresh.length === 0
    ? found
    : reachableWithConflicts(nodes, roots, { ...target, extras: [...known, ...fresh] });
};
