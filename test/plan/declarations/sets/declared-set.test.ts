import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { declaredSet } from '../../../../src/plan/declarations/sets/declared-set';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import type {
  LocalPackage,
  ProjectDeclaration,
  RequirementsSnapshot,
} from '../../../../src/plan/model/source-snapshot';
import { runtimeOf } from '../../../../src/plan/runtime/target-runtime';
import { folder, requirements } from '../../support/world';

const test = suite('what a declaration installs');

const target = (python: string) => {
  const runtime = findRuntime(python);
  if (runtime === undefined) throw new Error(python);
  return runtimeOf(runtime, 'x86_64', 'prop');
};

const read = (
  declaration: { readonly requirements?: RequirementsSnapshot; readonly project?: ProjectDeclaration },
  options: Partial<DependencyRequest> = {},
  python = '3.11',
) =>
  declaredSet(
    { dependencies: { ...DEFAULT_DEPENDENCIES, ...options } },
    { requirements: declaration.requirements ?? null, project: declaration.project ?? null },
    target(python),
  );

const set = (...asked: Parameters<typeof read>) => {
  const found = read(...asked);
  if (isLeft(found) || found.right === null) throw new Error(JSON.stringify(found));
  return found.right;
};

const errors = (...asked: Parameters<typeof read>) => {
  const found = read(...asked);
  return isLeft(found) ? found.left : [];
};

const script = (...lines: readonly string[]): ProjectDeclaration => ({
  kind: 'script',
  source: {
    file: '/app/fn.py',
    text: ['# /// script', ...lines.map((line) => `# ${line}`), '# ///', ''].join('\n'),
  },
  manifest: null,
  localPackages: [],
});

const pyproject = (text: string, localPackages: readonly LocalPackage[] = []): ProjectDeclaration => ({
  kind: 'pyproject',
  source: { file: '/app/pyproject.toml', text },
  manifest: null,
  localPackages,
});

test('nothing is declared, or nothing is asked for', () => {
  assert.equal(read({}), { _tag: 'Right', right: null });
  assert.equal(read({ requirements: requirements({ '/app/requirements.txt': '# none\n' }) }), {
    _tag: 'Right',
    right: null,
  });
  assert.equal(read({ project: pyproject('[project]\nname = "a"\n') }), { _tag: 'Right', right: null });
});

test("a script's own metadata", () => {
  const project = script(
    'requires-python = ">=3.9"',
    'dependencies = ["six==1.16.0", "idna ; os_name == \'nt\'"]',
  );
  assert.equal(set({ project }), {
    declaration: '/app/fn.py',
    inputs: [],
    generated: [{ path: 'project-requirements.txt', text: "six ==1.16.0\nidna ; os_name == 'nt'\n" }],
    workingDirectory: '.',
    requirements: ['project-requirements.txt'],
    isLocked: false,
    isHashed: false,
    isExact: false,
    mayBeEmpty: false,
    localPackages: [],
    builds: [],
    mayBuild: true,
    requested: ['six', 'idna'],
    environment: [],
    warnings: [
      { _tag: 'NotPinned', file: '/app/fn.py', lines: [], command: 'npx cdk-lambda-python lock /app/fn.py' },
    ],
  });
  assert.ok(set({ project: script('dependencies = ["idna ; os_name == \'nt\'"]') }).mayBeEmpty);
});

test('a project without a lock, with groups, extras and local packages, is told to have none', () => {
  const text = [
    '[project]',
    'name = "a"',
    'dependencies = ["six", "lib[fast] ; python_version >= \'3.9\'", "x @ git+https://g.example/x@main"]',
    'optional-dependencies = { web = ["flask"] }',
    '[dependency-groups]',
    'prod = ["boto3"]',
    '[tool.uv.sources]',
    'lib = { path = "../lib", editable = true }',
  ].join('\n');
  const project = pyproject(text, [folder('lib', '/lib')]);
  const found = set({ project }, { groups: ['prod'], extras: ['web'], index: 'https://i.example/${TOKEN}' });
  assert.equal(found.generated, [
    {
      path: 'app/project-requirements.txt',
      text: [
        '--index-url https://i.example/${TOKEN}',
        'six',
        'x @ git+https://g.example/x@main',
        'boto3',
        'flask',
        "../lib[fast] ; python_version >= '3.9'",
        '',
      ].join('\n'),
    },
  ]);
  assert.equal(found.localPackages, ['lib']);
  assert.equal(found.environment, ['TOKEN']);
  assert.equal(found.warnings, [
    {
      _tag: 'NotPinned',
      file: '/app/pyproject.toml',
      lines: ['six', 'boto3', 'flask'].map((requirement, index) => ({
        file: '/app/pyproject.toml',
        line: [3, 6, 4][index] ?? 0,
        requirement,
      })),
      command: 'uv lock',
    },
    {
      _tag: 'GitNotPinned',
      file: '/app/pyproject.toml',
      line: 3,
      requirement: 'x @ git+https://g.example/x@main',
    },
  ]);
});

test('a lock, of which nothing is resolved any more', () => {
  const lock = [
    'lock-version = "1.0"',
    '[[packages]]',
    'name = "six"',
    'version = "1.16.0"',
    'wheels = [{ name = "six-1.16.0-py2.py3-none-any.whl", url = "https://x.example/six-1.16.0-py2.py3-none-any.whl", hashes = { sha256 = "aa" } }]',
    '[[packages]]',
    'name = "zipp"',
    'version = "3.17.0"',
    'marker = "python_version < \'3.10\'"',
    'wheels = [{ name = "zipp-3.17.0-py3-none-any.whl", url = "https://x.example/zipp-3.17.0-py3-none-any.whl", hashes = { sha256 = "bb" } }]',
  ].join('\n');
  const project: ProjectDeclaration = {
    kind: 'pylock',
    source: { file: '/app/pylock.toml', text: lock },
    manifest: null,
    localPackages: [],
  };
  const text = (python: string) => set({ project }, {}, python).generated.map((file) => file.text);
  assert.equal(text('3.11'), ['six==1.16.0 --hash=sha256:aa\n']);
  assert.equal(text('3.9'), ['six==1.16.0 --hash=sha256:aa\nzipp==3.17.0 --hash=sha256:bb\n']);
  assert.ok(set({ project }).isLocked);
  assert.is(set({ project }), set({ project }));
});

test('what only a lock can tell', () => {
  const noLock = (line: number, command: string) => [
    { _tag: 'NoLock', manifest: '/app/pyproject.toml', line, command },
  ];
  assert.equal(
    errors({ project: pyproject('[tool.poetry.dependencies]\npython = "^3.9"\nsix = "*"\n') }),
    noLock(1, 'poetry lock'),
  );
  const member = '[project]\nname = "a"\ndependencies = ["b"]\n[tool.uv.sources]\nb = { workspace = true }\n';
  assert.equal(errors({ project: pyproject(member) }), noLock(3, 'uv lock'));
});

test('a Python that it is not for, passwords, and hashes as a policy, all at once', () => {
  const project = script(
    'requires-python = ">=3.12"',
    'dependencies = [',
    '  "six",',
    '  "x @ https://user:secret@x.example/x.whl",',
    ']',
  );
  assert.equal(errors({ project }, { requireHashes: true }), [
    { _tag: 'CredentialsInDeclaration', file: '/app/fn.py', line: 5 },
    { _tag: 'PythonNotSupported', file: '/app/fn.py', line: 2, requires: '>=3.12', python: '3.11' },
    { _tag: 'NotHashed', file: '/app/fn.py', requirements: ['six', 'x @ https://x.example/x.whl'] },
  ]);
  assert.equal(
    errors(
      { requirements: requirements({ '/app/requirements.txt': 'six\n[x]\n' }) },
      { requireHashes: true },
    ).map(({ _tag }) => _tag),
    ['InvalidRequirement', 'NotHashed'],
  );
});

test('what pyproject.toml says of an index, and by a file: URL', () => {
  const project = pyproject(
    '[project]\ndependencies = ["b @ file:../b",\n"own"]\n[tool.uv.sources]\nown = { index = "private" }\n',
  );
  const url = { _tag: 'LocalUrl', file: '/app/pyproject.toml', line: 2, text: 'b @ file:../b' };
  const index = {
    _tag: 'IndexNotNamed',
    file: '/app/pyproject.toml',
    line: 3,
    name: 'own',
    index: 'private',
  };
  assert.equal(errors({ project }), [url, index]);
  assert.equal(errors({ project }, { extraIndexes: ['https://example.com/simple'] }), [url]);
});

test('what a local package takes from an index, or with a password', () => {
  const lines = '[project]\ndependencies = ["own", "g"]\n[tool.uv.sources]\nown = { index = "private" }\n';
  const local = {
    ...folder('a', '/app/a'),
    pyproject: `${lines}g = { git = "https://u:secret@example.com/g" }\n`,
  };
  const of = (text: string, options: Partial<DependencyRequest> = {}) =>
    errors({ requirements: requirements({ '/app/requirements.txt': text }, [local]) }, options).map(
      ({ _tag }) => _tag,
    );
  assert.equal(of('./a\n'), ['IndexNotFollowed', 'CredentialsInDeclaration']);
  assert.equal(of('./a\n', { requireHashes: true }).sort(), [
    'CredentialsInDeclaration',
    'IndexNotFollowed',
    'NotHashed',
  ]);
  for (const line of [
    '-i https://example.com/simple',
    '--extra-index-url=https://example.com/simple',
    '-f ./wheels',
  ])
    assert.equal(of(`${line}\n./a\n`), ['CredentialsInDeclaration'], line);
  assert.equal(of('./a\n', { index: 'https://example.com/simple' }), ['CredentialsInDeclaration']);
});

test('a variable in a marker, of a project and of a local package that it leads to', () => {
  const marker = "python_version > '${LEAST}'";
  const lines = (name: string) =>
    `[project]\nname = "a"\ndependencies = ["${name} ; ${marker}"]\n[tool.uv.sources]\n${name} = { path = "../${name}" }\n`;
  const wrong = (file: string, name: string) => ({
    _tag: 'VariableInRequirement',
    file,
    line: 3,
    text: `${name} ; ${marker}`,
    part: 'its marker',
  });
  const project = pyproject(lines('lib'), [folder('lib', '/lib')]);
  const told = errors({ project });
  assert.equal(told, [wrong(project.source.file, 'lib')]);
  const local = { ...folder('a', '/app/a'), pyproject: lines('b') };
  const found = errors({ requirements: requirements({ '/app/requirements.txt': './a\n' }, [local]) });
  assert.equal(found, [wrong('/app/a/pyproject.toml', 'b')]);
});

test.run();
