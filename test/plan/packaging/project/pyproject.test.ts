import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasPoetryDependencies, readPyproject } from '../../../../src/plan/packaging/project/pyproject';
import { parseToml } from '../../../../src/plan/packaging/project/toml-file';

const test = suite('pyproject.toml');

const FILE = '/repo/pyproject.toml';

const TEXT = `[project]
name = "My_App"
requires-python = ">=3.9"
dependencies = [
  "six>=1",
  "lib[x]; os_name == \\"posix\\"",
  "member",
  "tool >=2",
  "both",
]

[project.optional-dependencies]
fast = ["rich"]
all = ["my-app[fast]; os_name == 'posix'", "tqdm"]

[dependency-groups]
dev = ["pytest", { include-group = "Lint_It" }, "my.app[fast]"]
lint-it = [
  "ruff",
]

[tool.uv.sources]
lib = { path = "../lib", editable = true }
member = { workspace = true }
Tool = { git = "https://host.example/tool", tag = "v2", subdirectory = "py" }
both = [
  { url = "https://host.example/both.zip", marker = "sys_platform == 'linux'" },
  { path = "both", marker = "sys_platform == 'win32'" },
]
rich = { index = "own" }
ruff = { url = "https://host.example/ruff.whl", group = "dev" }
`;

const read = (text: string, groups: readonly string[] = [], extras: readonly string[] = []): unknown => {
  const result = readPyproject({ file: FILE, text }, { groups, extras });
  return result._tag === 'Right' ? result.right : result.left;
};

const BASE = {
  requirements: [
    { text: 'six >=1', line: 5 },
    { text: 'tool @ git+https://host.example/tool@v2#subdirectory=py', line: 8 },
    { text: `both @ https://host.example/both.zip ; sys_platform == 'linux'`, line: 9 },
    { text: 'both ; (sys_platform != "linux") and (sys_platform != "win32")', line: 9 },
  ],
  locals: [
    { name: 'lib', extras: ['x'], marker: 'os_name == "posix"', path: '../lib', line: 6 },
    { name: 'both', extras: [], marker: `sys_platform == 'win32'`, path: 'both', line: 9 },
  ],
  workspaceMembers: [{ name: 'member', extras: [], marker: null, line: 7 }],
  fetched: [
    { text: 'tool @ git+https://host.example/tool@v2#subdirectory=py', line: 8 },
    { text: `both @ https://host.example/both.zip ; sys_platform == 'linux'`, line: 9 },
  ],
  indexed: [],
  requiresPython: { text: '>=3.9', line: 3 },
};

test('what the project asks for, with its sources', () => {
  assert.equal(read(TEXT), BASE);
});

test('an extra, and those that it takes in with its marker', () => {
  assert.equal(read(TEXT, [], ['ALL']), {
    ...BASE,
    requirements: [
      ...BASE.requirements,
      { text: 'tqdm', line: 14 },
      { text: `rich ; os_name == 'posix'`, line: 13 },
    ],
    indexed: [{ name: 'rich', index: 'own', text: `rich ; os_name == 'posix'`, line: 13 }],
  });
});

test('a group, and those that it includes, with sources for that group', () => {
  assert.equal(read(TEXT, ['DEV']), {
    ...BASE,
    requirements: [
      ...BASE.requirements,
      { text: 'pytest', line: 17 },
      { text: 'ruff @ https://host.example/ruff.whl', line: 19 },
      { text: 'rich', line: 13 },
    ],
    fetched: [...BASE.fetched, { text: 'ruff @ https://host.example/ruff.whl', line: 19 }],
    indexed: [{ name: 'rich', index: 'own', text: 'rich', line: 13 }],
  });
  const alone = read(TEXT, ['lint-it']) as typeof BASE;
  assert.equal(alone.requirements.slice(4), [{ text: 'ruff', line: 19 }]);
});

test('nothing that is asked for', () => {
  const nothing = {
    requirements: [],
    locals: [],
    workspaceMembers: [],
    fetched: [],
    indexed: [],
    requiresPython: null,
  };
  assert.equal(read(''), nothing);
  assert.equal(read('[project]\nname = "a"\n'), nothing);
});

test('extras that take in each other end', () => {
  const text = '[project]\nname = "a"\n[project.optional-dependencies]\nx = ["a[y]", "six"]\ny = ["a[x]"]\n';
  assert.equal((read(text, [], ['x']) as typeof BASE).requirements, [{ text: 'six', line: 4 }]);
});

const invalid = (line: number, reason: string) => ({ _tag: 'InvalidDeclaration', file: FILE, line, reason });

test('groups and extras that are not there', () => {
  const known = { _tag: 'UnknownGroup', file: FILE };
  assert.equal(read(TEXT, ['x'], ['y']), [
    { ...known, kind: 'group', name: 'x', known: ['dev', 'lint-it'] },
    { ...known, kind: 'extra', name: 'y', known: ['all', 'fast'] },
  ]);
});

test('what only a build would tell', () => {
  const dynamic = (key: string) => `[project]\nname = "a"\ndynamic = ["version", "${key}"]\n`;
  const error = { _tag: 'DynamicDependencies', file: FILE, line: 3 };
  assert.equal(read(dynamic('dependencies')), [error]);
  assert.equal(read(dynamic('optional-dependencies'), [], ['x']), [error]);
  assert.equal((read(dynamic('optional-dependencies')) as typeof BASE).requirements, []);
});

test('every requirement that is none, with its line', () => {
  const text =
    '[project]\ndependencies = [\n  "six",\n  "a b",\n]\n[project.optional-dependencies]\nx = ["!"]\n[dependency-groups]\ng = ["c d"]\n';
  const error = (line: number, found: string, reason: string) => ({
    _tag: 'InvalidRequirement',
    file: FILE,
    line,
    text: found,
    reason,
  });
  assert.equal(read(text, ['g'], ['x']), [
    error(4, 'a b', 'the version specifier "b" does not parse'),
    error(9, 'c d', 'the version specifier "d" does not parse'),
    error(7, '!', 'it does not begin with a name'),
  ]);
});

test('what is not as the standards say', () => {
  assert.equal(read('[project\n'), [invalid(1, 'illegal character in key')]);
  assert.equal(read('[project]\ndependencies = "six"\n'), [
    invalid(2, 'project.dependencies is not a list of texts'),
  ]);
  assert.equal(read('[project.optional-dependencies]\nx = [1]\n'), [
    invalid(2, 'project.optional-dependencies.x is not a list of texts'),
  ]);
  const groups =
    '[dependency-groups]\na = [{ include-group = "b" }]\nb = [{ include-group = "A" }]\nc = [1]\nd = [{ include-group = "e" }]\n';
  assert.equal(read(groups, ['a']), [invalid(2, 'the dependency group "a" includes itself')]);
  assert.equal(read(groups, ['c']), [
    invalid(4, 'the dependency group "c" has an entry that is not a requirement'),
  ]);
  assert.equal(read(groups, ['d']), [invalid(5, 'there is no dependency group "e" to include')]);
});

test('whether it lists dependencies for Poetry', () => {
  const ask = (text: string) => {
    const parsed = parseToml({ file: FILE, text });
    if (parsed._tag === 'Left') throw new Error(text);
    return hasPoetryDependencies(parsed.right);
  };
  assert.is(ask(TEXT), false);
  assert.is(ask('[tool.poetry.dependencies]\npython = "^3.9"\n'), false);
  assert.is(ask('[tool.poetry.dependencies]\npython = "^3.9"\nsix = "*"\n'), true);
});

test.run();
