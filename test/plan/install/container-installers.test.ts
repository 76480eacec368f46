import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { containerInstallers } from '../../../src/plan/install/container-installers';
import { findRuntime } from '../../../src/plan/target/python-runtime';

const test = suite('how a container installs');

const of = (name: string) => {
  const runtime = findRuntime(name);
  if (runtime === undefined) throw new Error('no runtime');
  return containerInstallers('x86_64', {
    runtime,
    requirements: ['requirements.txt'],
    localPackages: [],
    isLocked: false,
  });
};

const wordsAfter = (argv: readonly string[] = [], option: string): readonly string[] =>
  argv.flatMap((word, at) => (word === option ? (argv[at + 1] ?? []) : []));

test('below a level of uv, wheels for the oldest C library come first, then all that the target loads', () => {
  const { installers, newer, markers } = of('python3.9');
  const [uv, pip] = [installers[0]?.[0], installers[1]?.[0]];
  const [newUv, newPip] = [newer?.[0]?.[0], newer?.[1]?.[0]];
  assert.equal(
    [uv, newUv].map((argv) => wordsAfter(argv, '--python-platform')),
    [['x86_64-manylinux_2_17'], []],
  );
  for (const [argv, first] of [
    [pip, 'manylinux_2_17_x86_64'],
    [newPip, 'manylinux_2_26_x86_64'],
  ] as const) {
    const tags = wordsAfter(argv, '--platform');
    assert.equal([tags[0], tags.at(-1)], [first, 'linux_x86_64']);
  }
  for (const argv of [uv, newUv, pip, newPip]) assert.equal(wordsAfter(argv, '--python-version'), ['3.9.2']);
  assert.is(markers?.['python_full_version'], '3.9.2');
});

test('where the runtime has a level of uv, there is no second try', () => {
  assert.equal(Object.keys(of('python3.13')), ['installers', 'markers']);
});

test.run();
