import { compare, valid } from '@renovatebot/pep440';
import type { MarkerTarget } from '../../packaging/requirement/evaluate-marker';
import { evaluateMarker } from '../../packaging/requirement/evaluate-marker';
import type { LockedEdge, LockedNode, Reachable } from './locked-graph';
import { reachable } from './locked-graph';
import { normalizeName } from '../../packaging/requirement/package-name';

const compareVersions = (a: string, b: string): number =>
  valid(a) === null || valid(b) === null ? 0 : compare(a, b);

/** The edges that hold among what was reached. */
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

/** The first package that was reached in more than one version, all of them. */
const firstFork = <A>(nodes: readonly LockedNode<A>[]): readonly LockedNode<A>[] => {
  const name = nodes.find(
    (node, index) => index > 0 && normalizeName(nodes[index - 1]?.name ?? '') === normalizeName(node.name),
  )?.name;
  return nodes.filter((node) => name !== undefined && normalizeName(node.name) === normalizeName(name));
};

/**
 * What some roots need on a target, each package in one version. Where a lock has several and the markers leave more than
 * one of them, it is the one that most of what needs it accepts, and of those the newest: what asks for any version must
 * not bring a second one beside that which another asks for.
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
