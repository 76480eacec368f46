import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ArchitectureName, dockerPlatformOf, machineOf } from '../../../src/plan/target/architecture';

const test = suite('architecture');

test('each has the names that wheels and engines give it', () => {
  const names: readonly ArchitectureName[] = ['x86_64', 'arm64'];
  assert.equal(
    names.map((name) => [name, machineOf(name), dockerPlatformOf(name)]),
    [
      ['x86_64', 'x86_64', 'linux/amd64'],
      ['arm64', 'aarch64', 'linux/arm64'],
    ],
  );
});

test('only the names of Lambda are read', () => {
  const given = ['x86_64', 'arm64', 'aarch64', 'amd64', '', null, 'toString', '__proto__'];
  assert.equal(
    given.filter((name) => ArchitectureName.is(name)),
    ['x86_64', 'arm64'],
  );
});

test.run();
