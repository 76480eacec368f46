import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ArchitectureName } from '../../../../src/plan/target/architecture';
import {
  levelTags,
  newerUvPlatform,
  platformTags,
  uvPlatform,
} from '../../../../src/plan/packaging/tags/platform-tags';
import type { PythonRuntime } from '../../../../src/plan/target/python-runtime';
import { findRuntime, pythonRuntimes } from '../../../../src/plan/target/python-runtime';

const test = suite('platform tags');

const named = (version: string): PythonRuntime => {
  const found = findRuntime(version);
  if (found === undefined) throw new Error(version);
  return found;
};

test('3.11 on x86_64 takes wheels for glibc 2.26 and older, under their older names too', () => {
  assert.equal(platformTags(named('3.11'), 'x86_64'), [
    'manylinux_2_26_x86_64',
    'manylinux_2_25_x86_64',
    'manylinux_2_24_x86_64',
    'manylinux_2_23_x86_64',
    'manylinux_2_22_x86_64',
    'manylinux_2_21_x86_64',
    'manylinux_2_20_x86_64',
    'manylinux_2_19_x86_64',
    'manylinux_2_18_x86_64',
    'manylinux_2_17_x86_64',
    'manylinux2014_x86_64',
    'manylinux_2_16_x86_64',
    'manylinux_2_15_x86_64',
    'manylinux_2_14_x86_64',
    'manylinux_2_13_x86_64',
    'manylinux_2_12_x86_64',
    'manylinux2010_x86_64',
    'manylinux_2_11_x86_64',
    'manylinux_2_10_x86_64',
    'manylinux_2_9_x86_64',
    'manylinux_2_8_x86_64',
    'manylinux_2_7_x86_64',
    'manylinux_2_6_x86_64',
    'manylinux_2_5_x86_64',
    'manylinux1_x86_64',
  ]);
});

test('3.13 on arm64 takes wheels for glibc 2.34 down to 2.17, with which arm64 began', () => {
  assert.equal(platformTags(named('3.13'), 'arm64'), [
    'manylinux_2_34_aarch64',
    'manylinux_2_33_aarch64',
    'manylinux_2_32_aarch64',
    'manylinux_2_31_aarch64',
    'manylinux_2_30_aarch64',
    'manylinux_2_29_aarch64',
    'manylinux_2_28_aarch64',
    'manylinux_2_27_aarch64',
    'manylinux_2_26_aarch64',
    'manylinux_2_25_aarch64',
    'manylinux_2_24_aarch64',
    'manylinux_2_23_aarch64',
    'manylinux_2_22_aarch64',
    'manylinux_2_21_aarch64',
    'manylinux_2_20_aarch64',
    'manylinux_2_19_aarch64',
    'manylinux_2_18_aarch64',
    'manylinux_2_17_aarch64',
    'manylinux2014_aarch64',
  ]);
});

/** The glibc minors of the names from before PEP 600. */
const LEGACY: Readonly<Record<string, number>> = { manylinux1: 5, manylinux2010: 12, manylinux2014: 17 };

const minorOf = (tag: string): number => {
  const [, minor, legacy] = /^manylinux(?:_2_(\d+)|\d+)_/.exec(tag) ?? [];
  return minor === undefined
    ? (LEGACY[/^manylinux\d+/.exec(tag)?.[0] ?? ''] ?? Number.NaN)
    : Number(minor ?? legacy);
};

const architectures: readonly ArchitectureName[] = ['x86_64', 'arm64'];

test('on every runtime and architecture each tag loads, each minor is there once, and the best comes first', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...pythonRuntimes),
      fc.constantFrom(...architectures),
      (runtime, architecture) => {
        const tags = platformTags(runtime, architecture);
        const machine = architecture === 'arm64' ? 'aarch64' : 'x86_64';
        const minors = tags.map(minorOf);
        assert.ok(tags.every((tag) => tag.endsWith(`_${machine}`)));
        assert.ok(minors.every((minor) => minor <= runtime.glibcMinor));
        assert.is(Math.max(...minors), runtime.glibcMinor);
        assert.equal(
          minors,
          [...minors].sort((a, b) => b - a),
        );
        assert.is(new Set(tags).size, tags.length);
        assert.is(new Set(minors).size, runtime.glibcMinor - (architecture === 'arm64' ? 17 : 5) + 1);
      },
    ),
  );
});

test('uv is told a platform that it knows and that is never above the floor', () => {
  assert.equal(
    pythonRuntimes.map((runtime) => uvPlatform(runtime, 'x86_64')),
    [...Array<string>(6).fill('x86_64-manylinux_2_17'), ...Array<string>(4).fill('x86_64-manylinux_2_34')],
  );
  assert.is(uvPlatform(named('3.11'), 'arm64'), 'aarch64-manylinux_2_17');
  assert.is(uvPlatform(named('3.12'), 'arm64'), 'aarch64-manylinux_2_34');
});

test('pip gets the tags of the level that uv knows; only a C library between two levels has a newer one', () => {
  const old = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
  const oldest = { name: 'python3.7', python: '3.7', glibcMinor: 17 };
  const recent = { name: 'python3.13', python: '3.13', glibcMinor: 34 };
  assert.equal(levelTags(old, 'arm64'), ['manylinux_2_17_aarch64', 'manylinux2014_aarch64']);
  assert.is(newerUvPlatform(old, 'arm64'), 'aarch64-manylinux_2_28');
  for (const runtime of [oldest, recent]) {
    assert.equal(levelTags(runtime, 'arm64'), platformTags(runtime, 'arm64'));
    assert.is(newerUvPlatform(runtime, 'arm64'), undefined);
  }
});

test.run();
