import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readUvLock } from '../../../../src/plan/locks/uv/uv-lock';

const test = suite('uv lock file');

const question = ({ text }: { readonly text: string }) => ({
  source: { file: '/repo/uv.lock', text },
  manifest: null,
  markers: {},
  groups: [],
  extras: [],
});

const problems = (asked: ReturnType<typeof question>): unknown => {
  const result = readUvLock(asked);
  return result._tag === 'Left' ? result.left : 'none';
};

const invalid = (line: number, reason: string) => ({
  _tag: 'InvalidDeclaration',
  file: '/repo/uv.lock',
  line,
  reason,
});

const project = (dependencies: string, packages: string): string => `version = 1
[[package]]
name = "p"
source = { virtual = "." }
dependencies = [${dependencies}]
${packages}`;

test('versions of the format that are not known', () => {
  assert.equal(problems(question({ text: 'version = 2\n' })), [
    {
      _tag: 'UnknownLockVersion',
      file: '/repo/uv.lock',
      line: 1,
      version: '2',
      known: 'version 1',
      command: 'uv lock',
    },
  ]);
  assert.equal(problems(question({ text: 'x = 1\n' })), [invalid(1, 'it has no version')]);
  assert.equal(problems(question({ text: 'version = \n' })), [invalid(1, 'invalid value')]);
});

test('what is not as the format says, all at once, with its line', () => {
  const nameless = project(
    '{ marker = "x" }, { name = "a", marker = "odd" }',
    '[[package]]\nversion = "1"\n',
  );
  assert.equal(problems(question({ text: nameless })), [
    invalid(2, 'a dependency has no name'),
    invalid(2, 'the marker "odd" does not parse: "odd" is not a marker variable'),
    invalid(6, 'a package has no name'),
  ]);
  assert.equal(problems(question({ text: project('{ name = "gone" }', '') })), [
    invalid(1, 'it needs gone, but does not have it for the target'),
  ]);
  const odd = '[[package]]\nname = "a"\nsource = { registry = "../wheels" }\n';
  assert.equal(problems(question({ text: project('{ name = "a" }', odd) })), [
    invalid(
      6,
      'a: its index "../wheels" is a folder of this machine, which is not supported: name the wheel itself with `path` in [tool.uv.sources]',
    ),
  ]);
});

test.run();
