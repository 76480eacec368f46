import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LockedEdge, LockedNode } from '../../../../src/plan/locks/locked/locked-graph';
import { reachable } from '../../../../src/plan/locks/locked/locked-graph';
import type { Marker } from '../../../../src/plan/packaging/requirement/marker';
import { parseMarker } from '../../../../src/plan/packaging/requirement/marker';

const test = suite('locked graph');

const marker = (text: string): Marker => {
  const result = parseMarker(text);
  if (result._tag === 'Left') throw new Error(result.left);
  return result.right;
};

const edge = (name: string, more: Partial<LockedEdge<string>> = {}): LockedEdge<string> => ({
  name,
  extras: [],
  marker: null,
  accepts: null,
  ...more,
});

const node = (
  name: string,
  dependencies: readonly LockedEdge<string>[] = [],
  more: Partial<LockedNode<string>> = {},
): LockedNode<string> => ({ name, markers: [], dependencies, optional: new Map(), value: name, ...more });

const environment = { sys_platform: 'linux', python_version: '3.11' };

const reached = (
  nodes: readonly LockedNode<string>[],
  roots: readonly LockedEdge<string>[],
  target: Parameters<typeof reachable>[2] = { environment },
): readonly string[] => reachable(nodes, roots, target).nodes.map(({ value }) => value);

test('what the roots need, by name, and nothing else; names need not be normalized', () => {
  const nodes = [
    node('zeta'),
    node('Beta', [edge('Gam_ma'), edge('zeta')]),
    node('alone'),
    node('gam-ma', [edge('beta')]),
  ];
  assert.equal(reached(nodes, [edge('beta')]), ['Beta', 'gam-ma', 'zeta']);
  assert.equal(reached(nodes, []), []);
});

test('an edge counts where its marker holds; without an environment all may', () => {
  const nodes = [node('a', [edge('b', { marker: marker(`sys_platform == 'win32'`) })]), node('b')];
  assert.equal(reached(nodes, [edge('a')]), ['a']);
  assert.equal(reached(nodes, [edge('a')], { environment: null }), ['a', 'b']);
});

test('an extra brings what it needs, also when it is asked for late', () => {
  const optional = new Map([
    ['fast-io', [edge('c', { extras: ['d_extra'] })]],
    ['other', [edge('never')]],
  ]);
  const nodes = [
    node('a', [], { optional }),
    node('b', [edge('a', { extras: ['Fast_IO'] })]),
    node('c', [], { optional: new Map([['d-extra', [edge('d')]]]) }),
    node('d'),
    node('never'),
  ];
  assert.equal(reached(nodes, [edge('b'), edge('a')]), ['a', 'b', 'c', 'd']);
  const { extras } = reachable(nodes, [edge('b'), edge('a')], { environment });
  assert.equal([...extras].map(([{ name }, names]) => `${name}: ${[...names].join()}`).sort(), [
    'a: fast-io',
    'b: ',
    'c: d-extra',
    'd: ',
  ]);
});

test('packages and extras that need each other end', () => {
  const optional = new Map([['x', [edge('a', { extras: ['x'] })]]]);
  assert.equal(
    reached([node('a', [edge('b')], { optional }), node('b', [edge('a', { extras: ['x'] })])], [edge('b')]),
    ['a', 'b'],
  );
});

test('packages of one name are told apart by the edge, or by where they may be used', () => {
  const nodes = [
    node('n', [edge('old')], { value: 'n1', markers: [marker(`python_version < '3.10'`)] }),
    node('n', [edge('new')], {
      value: 'n2',
      markers: [marker(`python_version == '3.10'`), marker(`python_version > '3.10'`)],
    }),
    node('old'),
    node('new'),
  ];
  assert.equal(reached(nodes, [edge('n')]), ['n2', 'new']);
  assert.equal(reached(nodes, [edge('n')], { environment: null }), ['n1', 'n2', 'new', 'old']);
  assert.equal(reached(nodes, [edge('n', { accepts: (value) => value === 'n1' })], { environment: null }), [
    'n1',
    'old',
  ]);
});

test('an edge to what is not there is told, where it holds', () => {
  const lost = edge('lost');
  const elsewhere = edge('gone', { marker: marker(`sys_platform == 'win32'`) });
  const nodes = [node('a', [lost, elsewhere])];
  assert.equal(reachable(nodes, [edge('a')], { environment }).missing, [lost]);
});

test('the order of nodes and roots changes nothing', () => {
  const nodes = [node('b'), node('a'), node('A.b'), node('a_b_c')];
  const roots = [edge('a_b_c'), edge('b'), edge('a-b'), edge('a')];
  assert.equal(reached(nodes, roots), ['a', 'A.b', 'a_b_c', 'b']);
  assert.equal(reached([...nodes].reverse(), [...roots].reverse()), ['a', 'A.b', 'a_b_c', 'b']);
});

test.run();
