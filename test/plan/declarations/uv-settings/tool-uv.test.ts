import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { decodePlan } from '../../../../src/plan/decode/decode-plan';
import { UvSettings } from '../../../../src/plan/model/uv-settings';
import { plan } from '../../../../src/plan/plan';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import type { ProjectDeclaration } from '../../../../src/plan/model/source-snapshot';
import { asJson, planned, request, snapshot } from '../../support/world';

const test = suite('[tool.uv] without a lock');

const HEAD = '[project]\nname = "ml"\nversion = "0"\ndependencies = ["idna"]\n';

const project = (text: string, more: Partial<ProjectDeclaration> = {}): ProjectDeclaration => ({
  kind: 'pyproject',
  source: { file: '/app/pyproject.toml', text },
  manifest: null,
  localPackages: [],
  ...more,
});

const asking = (dependencies: Partial<DependencyRequest> = {}) =>
  request({
    runtime: { prop: 'python3.12' },
    dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies },
  });

const planOf = (text: string, dependencies: Partial<DependencyRequest> = {}) =>
  planned(asking(dependencies), snapshot({ project: project(text) }));

const messages = (
  declaration: ProjectDeclaration,
  dependencies: Partial<DependencyRequest> = {},
): readonly string[] => {
  const result = plan(asking(dependencies), snapshot({ project: declaration }));
  return isLeft(result) ? result.left.map(showPlanError) : [];
};

const EXTRAS = `${HEAD}[project.optional-dependencies]
cpu = ["six==1.17.0"]
gpu = ["six==1.16.0"]
[dependency-groups]
a = [{ include-group = "b" }]
b = ["six"]
[tool.uv]
conflicts = [
  [{ extra = "cpu" }, { extra = "gpu" }],
  [{ extra = "cpu" }, { group = "b" }],
]
`;

test('extras and groups that exclude each other are an error', () => {
  const told = (dependencies: Partial<DependencyRequest>) => messages(project(EXTRAS), dependencies);
  assert.equal(told({ extras: ['CPU', 'gpu'] }), [
    'extras cpu and gpu exclude each other (/app/pyproject.toml:12, conflicts). Choose one of them.',
  ]);
  assert.equal(told({ extras: ['cpu'], groups: ['A'] }), [
    'extras and groups cpu and b exclude each other (/app/pyproject.toml:12, conflicts). Choose one of them.',
  ]);
  assert.equal(told({ extras: ['gpu'], groups: ['A'] }), []);
});

test('so they are with a lock, also where the lock alone says it', () => {
  const lock = {
    file: '/app/uv.lock',
    text: `version = 1
requires-python = ">=3.11"
conflicts = [[
    { package = "ml", extra = "cpu" },
    { package = "ml", extra = "gpu" },
]]

[[package]]
name = "ml"
version = "0"
source = { virtual = "." }

[package.optional-dependencies]
cpu = []
gpu = []
`,
  };
  const told = (text: string) =>
    messages(project('', { kind: 'uv', source: lock, manifest: { file: '/app/pyproject.toml', text } }), {
      extras: ['cpu', 'gpu'],
    }).filter((message) => message.includes('exclude'));
  assert.equal(told(EXTRAS), [
    'extras cpu and gpu exclude each other (/app/pyproject.toml:12, conflicts). Choose one of them.',
  ]);
  assert.equal(told(HEAD), [
    'extras cpu and gpu exclude each other (/app/uv.lock:3, conflicts). Choose one of them.',
  ]);
});

test('what decides versions is a part of the plan and of its hash; where it is written is not in the hash', () => {
  const none = planOf(HEAD);
  assert.is(none.install?.uv, undefined);
  assert.is(planOf(`${HEAD}[tool.uv]\npackage = false\n`).hash.asset, none.hash.asset);
  const one = planOf(`${HEAD}[tool.uv]\nexclude-newer = "2024-07-01"\n`);
  assert.equal(one.install?.uv, {
    settings: { 'exclude-newer': '2024-07-01T23:59:59.999999Z' },
    indexed: [],
    from: [{ setting: 'exclude-newer', file: '/app/pyproject.toml', line: 6 }],
  });
  assert.is.not(one.hash.asset, none.hash.asset);
  assert.is(planOf(`${HEAD}\n\n[tool.uv]\nexclude-newer = "2024-07-01"\n`).hash.asset, one.hash.asset);
  assert.is.not(planOf(`${HEAD}[tool.uv]\nexclude-newer = "2024-07-02"\n`).hash.asset, one.hash.asset);
  assert.equal(
    one.install?.host.tools.map(({ tool }) => tool),
    ['uv'],
  );
  assert.equal(
    none.install?.host.tools.map(({ tool }) => tool),
    ['uv', 'pip'],
  );
});

test('a plan with settings can be read, and one with a setting of another kind cannot', () => {
  const one = planOf(`${HEAD}[tool.uv]\nconstraint-dependencies = ["idna<3"]\n`);
  assert.is(decodePlan(asJson(one))._tag, 'Right');
  const holds = (settings: Readonly<Record<string, unknown>>) =>
    UvSettings.is({ settings, indexed: [], from: [] });
  assert.ok(holds({ 'index-url': 'https://example.com/simple' }));
  for (const [setting, value] of Object.entries({
    'cache-dir': '/etc',
    'index-url': 'https://user:secret@example.com/simple',
    index: [{ url: 'file:///srv/wheels' }],
    'constraint-dependencies': ['x @ file:///srv/x.whl'],
  }))
    assert.not.ok(holds({ [setting]: value }), setting);
});

test('what cannot be followed is an error with its place', () => {
  const told = (lines: string) => messages(project(`${HEAD}[tool.uv]\n${lines}\n`));
  assert.equal(told('no-binary-package = ["idna"]'), [
    '/app/pyproject.toml:6 sets "no-binary-package" of [tool.uv], but this library installs wheels wherever they exist. Lock the dependencies (`uv lock`), or remove the setting.',
  ]);
  assert.equal(told('of-tomorrow = 1'), [
    '/app/pyproject.toml:6 sets "of-tomorrow" of [tool.uv], which this library does not know, and which may decide what is installed. Lock the dependencies (`uv lock`), or remove the setting.',
  ]);
  assert.match(told('constructor = 1')[0] ?? '', 'which this library does not know');
  assert.equal(told('override-dependencies = "six"'), [
    '/app/pyproject.toml:6 has a value of "override-dependencies" of [tool.uv] that an install cannot follow: it is not of the type that uv documents, or it names a folder of this machine. Fix the value (https://docs.astral.sh/uv/reference/settings/).',
  ]);
  assert.equal(told('environments = ["sys_platform == \'darwin\'"]'), [
    `/app/pyproject.toml:6 limits the project to the environments "sys_platform == 'darwin'", but the function's runtime and architecture are not among them. Set \`runtime\` or \`architecture\` to one of them, or add the function's environment.`,
  ]);
  assert.equal(told('environments = ["sys_platform == \'linux\'", "sys_platform == \'darwin\'"]'), []);
  assert.match(told('index-url = "https://u:secret@example.com/simple"')[0] ?? '', 'user name or password');
});

test('a group that is for other Pythons', () => {
  const text = `${HEAD}[dependency-groups]\nb = ["six"]\n[tool.uv.dependency-groups]\nb = { requires-python = ">=3.13" }\n`;
  assert.match(messages(project(text), { groups: ['b'] })[0] ?? '', '/app/pyproject.toml:8');
  assert.equal(messages(project(text)), []);
});

test('an option takes the place of the default index alone', () => {
  const text = `${HEAD}[[tool.uv.index]]\nname = "d"\nurl = "https://d.example/simple"\ndefault = true\n[[tool.uv.index]]\nurl = "https://e.example/simple"\n[[tool.uv.index]]\nname = "x"\nurl = "https://x.example/simple"\nexplicit = true\n`;
  const indexes = (dependencies: Partial<DependencyRequest> = {}) =>
    (planOf(text, dependencies).install?.uv?.settings['index'] as readonly { readonly url: string }[]).map(
      ({ url }) => url,
    );
  assert.equal(indexes(), ['https://d.example/simple', 'https://e.example/simple']);
  assert.equal(indexes({ index: 'https://o.example/simple' }), ['https://e.example/simple']);
});

test('the settings and the sources of the root of the workspace count', () => {
  const root = {
    file: '/app/pyproject.toml',
    text: '[tool.uv.workspace]\nmembers = ["m"]\n[tool.uv]\nconstraint-dependencies = ["idna<3"]\n[tool.uv.sources]\nidna = { url = "https://example.com/idna-3.7-py3-none-any.whl" }\n',
  };
  const result = plan(
    asking(),
    snapshot({ project: project(HEAD, { source: { file: '/app/m/pyproject.toml', text: HEAD }, root }) }),
  );
  if (isLeft(result)) throw new Error(result.left.map(showPlanError).join('\n'));
  const { install } = result.right;
  assert.equal(install?.uv?.from, [
    { setting: 'constraint-dependencies', file: '/app/pyproject.toml', line: 4 },
  ]);
  assert.is(install?.generated[0]?.text, 'idna @ https://example.com/idna-3.7-py3-none-any.whl\n');
});

test('`no-sources` leaves sources out', () => {
  const sources = '[tool.uv.sources]\nidna = { path = "idna" }\n';
  assert.is(planOf(`${HEAD}${sources}[tool.uv]\nno-sources = true\n`).install?.generated[0]?.text, 'idna\n');
  assert.is(
    planOf(`${HEAD}${sources}[tool.uv]\nno-sources-package = ["Idna"]\n`).install?.generated[0]?.text,
    'idna\n',
  );
});

test.run();
