import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import { readUvLock } from '../../../../src/plan/locks/uv/uv-lock';

const test = suite('uv conflicts');

/** Two extras of a member exclude each other, and so do those of the project that take them in. */
const LOCK = `version = 1
conflicts = [[{ package = "app", extra = "a" }, { package = "app", extra = "b" }]]
[[package]]
name = "app"
source = { virtual = "." }
[package.optional-dependencies]
a = [{ name = "m", extra = ["a"], marker = "extra == 'extra-1-m-a' and (extra == 'extra-1-m-b' or extra == 'extra-3-app-a')" }]
b = [{ name = "m", extra = ["b"], marker = "extra == 'extra-1-m-b' and extra == 'extra-3-app-b'" }]
[package.dev-dependencies]
dev = [{ name = "dep", version = "1", marker = "extra == 'group-3-app-dev' and extra == 'project-3-app'" }]
[[package]]
name = "m"
source = { editable = "m" }
dependencies = [{ name = "lib" }]
[package.optional-dependencies]
a = [{ name = "dep", version = "1" }]
b = [{ name = "dep", version = "2" }]
[[package]]
name = "lib"
version = "1"
source = { registry = "${DEFAULT_INDEX}" }
dependencies = [
  { name = "dep", version = "1", marker = "extra == 'extra-1-m-a'" },
  { name = "dep", version = "2", marker = "extra != 'extra-1-m-a'" },
]
[[package]]
name = "dep"
version = "1"
source = { registry = "${DEFAULT_INDEX}" }
[[package]]
name = "dep"
version = "2"
source = { registry = "${DEFAULT_INDEX}" }
`;

const read = (extras: readonly string[], groups: readonly string[] = []): unknown => {
  const result = readUvLock({
    source: { file: '/repo/uv.lock', text: LOCK },
    manifest: null,
    markers: {},
    groups,
    extras,
  });
  return result._tag === 'Left'
    ? result.left
    : result.right.packages.map(({ name, version }) => `${name} ${version ?? ''}`.trim());
};

test('an extra that is reached on the way decides markers of others', () => {
  assert.equal(read(['a']), ['dep 1', 'lib 1', 'm']);
  assert.equal(read(['b']), ['dep 2', 'lib 1', 'm']);
  assert.equal(read([]), []);
});

test('groups and the project itself are told as well', () => {
  assert.equal(read([], ['dev']), ['dep 1']);
});

test('two that exclude each other leave more than one package of a name', () => {
  assert.equal(read(['a', 'b']), [
    {
      _tag: 'InvalidDeclaration',
      file: '/repo/uv.lock',
      line: 30,
      reason: 'it has more than one dep for the target',
    },
  ]);
});

test.run();
