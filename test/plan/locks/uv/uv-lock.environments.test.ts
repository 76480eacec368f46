import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readUvLock } from '../../../../src/plan/locks/uv/uv-lock';
import { errorsOf, markersOf, question, versionsOf } from '../../support/questions';

const test = suite('the environments of a uv.lock');

/** A lock as uv 0.13 writes it for `[tool.uv] environments`. */
const lockFor = (...environments: readonly string[]): string => `version = 1
revision = 3
requires-python = ">=3.9"
supported-markers = [
${environments.map((each) => `    ${JSON.stringify(each)},\n`).join('')}]

[[package]]
name = "app"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "six", marker = "python_full_version >= '3.12'" }, { name = "idna" }]

[[package]]
name = "six"
version = "1.17.0"
source = { registry = "https://index.example/simple" }

[[package]]
name = "idna"
version = "3.10"
source = { registry = "https://index.example/simple" }
`;

const NEWER = lockFor("python_full_version >= '3.12'");

test('a lock for 3.12 and newer is refused for 3.10, by an error that names both', () => {
  assert.equal(errorsOf(readUvLock, question(NEWER, null, { markers: markersOf('3.10', 'arm64') })), [
    {
      _tag: 'LockNotForTarget',
      file: '/app/the.lock',
      line: 4,
      environments: ["python_full_version >= '3.12'"],
      target: 'Python 3.10 on arm64',
    },
  ]);
});

test('one environment that holds is enough; over all targets there is none to ask about', () => {
  const all = ['idna 3.10', 'six 1.17.0'];
  assert.equal(versionsOf(readUvLock, question(NEWER, null, { markers: markersOf('3.12') })), all);
  assert.equal(versionsOf(readUvLock, question(NEWER, null, { markers: null })), all);
  const two = lockFor("platform_machine == 'aarch64'", "sys_platform == 'linux'");
  assert.equal(versionsOf(readUvLock, question(two, null)), ['idna 3.10']);
});

test('an environment that is no marker', () => {
  assert.equal(errorsOf(readUvLock, question(lockFor('x'), null)), [
    {
      _tag: 'InvalidDeclaration',
      file: '/app/the.lock',
      line: 4,
      reason: 'the marker "x" does not parse: "x" is not a marker variable',
    },
  ]);
});

test('what a lock lacks is told once, however many need it', () => {
  const lock = lockFor("sys_platform == 'linux'").replace(
    'dependencies = [',
    'dependencies = [{ name = "gone" }, { name = "gone", extra = ["x"] }, ',
  );
  assert.equal(errorsOf(readUvLock, question(lock, null)), [
    {
      _tag: 'InvalidDeclaration',
      file: '/app/the.lock',
      line: 1,
      reason: 'it needs gone, but does not have it for the target',
    },
  ]);
});

test.run();
