import { compare, valid } from '@renovatebot/pep440';
import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import type { LockedEdge, LockedNode, Reachable } from './locked-graph';
import { reachable } from './locked-graph';
import { normalizeName } from '../../packaging/requirement/package-name';

const compareVersions = (a: string, b: string): number =>
  valid(a) === null || valid(b) === null ? 0 : compare(a, b);

/** The edges of the reached nodes that hold on the target. */
const heldEdges = <A>(
  { nodes, extras }: Reachable<A>,
  roots: readonly LockedEdge<A>[],
  target: MarkerTarget,
): readonly LockedEdge<A>[] => {
  const inner = nodes.flatMap((node) => [
    ...node.dependencies,
    ...[...(extras.get(node) ?? [])].flatMap((extra) => node.optional.get(extra) ?? []),
  ]);
  return [...roots, ...inner].filter((edge) => evaluateMarker(edge.marker, target));
};

/** All nodes of the first package that was reached in more than one version. */
const firstFork = <A>(nodes: readonly LockedNode<A>[]): readonly LockedNode<A>[] => {
  const name = nodes.find(
    (node, index) => index > 0 && normalizeName(nodes[index - 1]?.name ?? '') === normalizeName(node.name),
  )?.name;
  return nodes.filter((node) => name !== undefined && normalizeName(node.name) === normalizeName(name));
};

/**
 * The packages that roots need on a target, each in one version. If the markers leave several versions of a package,
 * the version that most dependents accept is chosen, and of these the newest. So a dependent that accepts any version
 * does not add a second version beside the one that another dependent requires.
 */
export const reachableOnce = <A>(
  nodes: readonly LockedNode<A>[],
  roots: readonly LockedEdge<A>[],
  target: MarkerTarget,
  versionOf: (value: A) => string,
): Reachable<A> => {
  const reached = reachable(nodes, roots, target);
  const fork = target.environment === null ? [] : firstFork(reached.nodes);
  if (fork.length === 0) return reached;
  const edges = heldEdges(reached, roots, target).filter(
    ({ name }) => normalizeName(name) === normalizeName(fork[0]?.name ?? ''),
  );
  const accepting = ({ value }: LockedNode<A>): number =>
    edges.filter(({ accepts }) => accepts === null || accepts(value)).length;
  const [kept] = [...fork].sort(
    (a, b) => accepting(b) - accepting(a) || compareVersions(versionOf(b.value), versionOf(a.value)),
  );
  const fewer = nodes.filter((node) => node === kept || !fork.includes(node));
  return reachableOnce(fewer, roots, target, versionOf);
};
