import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assembleLockedSet } from '../../../../src/plan/locks/locked/assemble-locked-set';
import type { LockedPackage } from '../../../../src/plan/locks/locked/locked-set';

const test = suite('assemble locked set');

const FILE = { file: '/a/the.lock', text: 'x\nurl = "https://me:s@host.example/a"\n' };

const locked = (name: string, version: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
  ...{ name, version, source: { _tag: 'Index', url: null }, hashes: [], files: null, line: 1 },
  ...more,
});

test('ordered by normalized name, each once with all its files', () => {
  const first = locked('A_b', '1', { hashes: ['x'], files: ['f'], line: 4 });
  const second = locked('a-b', '1', { hashes: ['x', 'y'], files: ['g'], line: 9 });
  assert.equal(assembleLockedSet(FILE, [locked('c', '1'), first, second], ['C', 'a.B', 'no', 'c'], true), {
    _tag: 'Right',
    right: {
      packages: [{ ...first, hashes: ['x', 'y'], files: ['f', 'g'] }, locked('c', '1')],
      requested: ['a-b', 'c'],
    },
  });
});

test('two versions are an error for one target', () => {
  const two = [locked('a', '1'), locked('A', '2', { line: 7 })];
  assert.is(assembleLockedSet(FILE, two, [], false)._tag, 'Right');
  assert.equal(assembleLockedSet(FILE, two, [], true), {
    _tag: 'Left',
    left: [
      {
        _tag: 'InvalidDeclaration',
        file: '/a/the.lock',
        line: 7,
        reason: 'it has both a 1 and A 2 for one target',
      },
    ],
  });
});

test('credentials once for each URL, where it stands', () => {
  const source = { _tag: 'Url', url: 'https://me:s@host.example/a', subdirectory: null } as const;
  const other = { _tag: 'Index', url: 'https://t@host.example/b' } as const;
  const packages = [
    locked('a', '1', { source, line: 5 }),
    locked('b', '1', { source, line: 6 }),
    locked('c', '1', { source: other, line: 7 }),
    locked('d', '1', { source: other, line: 8 }),
  ];
  assert.equal(assembleLockedSet(FILE, packages, [], true), {
    _tag: 'Left',
    left: [
      { _tag: 'CredentialsInDeclaration', file: '/a/the.lock', line: 2 },
      { _tag: 'CredentialsInDeclaration', file: '/a/the.lock', line: 7 },
    ],
  });
});

test.run();
