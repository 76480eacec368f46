import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LockedEdge, LockedNode } from '../../../../src/plan/locks/locked/locked-graph';
import { reachableOnce } from '../../../../src/plan/locks/locked/single-version-graph';

const test = suite('one version');

const edge = (name: string, version?: string): LockedEdge<string> => ({
  name,
  extras: [],
  marker: null,
  accepts: version === undefined ? null : (value) => value === version,
});

const node = (name: string, value: string, ...dependencies: LockedEdge<string>[]): LockedNode<string> => ({
  ...{ name, value, dependencies },
  markers: [],
  optional: new Map(),
});

const found = (
  nodes: readonly LockedNode<string>[],
  roots: readonly LockedEdge<string>[],
  environment: Readonly<Record<string, string>> | null = {},
) =>
  reachableOnce(nodes, roots, { environment }, (value) => value).nodes.map(
    ({ name, value }) => `${name} ${value}`,
  );

const FORK = [node('a', '1', edge('old')), node('a', '1.10', edge('new')), node('a', '1.9')];
const NEEDED = [node('new', '1'), node('old', '1')];

test('the newest where any will do, and only what that one needs', () => {
  assert.equal(found([...FORK, ...NEEDED], [edge('a')]), ['a 1.10', 'new 1']);
});

test('the one that is asked for by version, also where another package takes any', () => {
  const nodes = [...FORK, ...NEEDED, node('b', '1', edge('A'))];
  assert.equal(found(nodes, [edge('b'), edge('a', '1')]), ['a 1', 'b 1', 'old 1']);
  const both = [...nodes, node('c', '1', edge('a', '1'))];
  assert.equal(found(both, [edge('b'), edge('c')]), ['a 1', 'b 1', 'c 1', 'old 1']);
});

test('all of them where there is no one target', () => {
  assert.equal(found([...FORK, ...NEEDED], [edge('a')], null), ['a 1', 'a 1.10', 'a 1.9', 'new 1', 'old 1']);
});

test.run();
