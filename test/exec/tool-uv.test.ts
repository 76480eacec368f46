import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import type { BundleRequest, DependencyRequest } from '../../src/plan/request/bundle-request';
import { NO_UV, noUvInContainer } from '../../src/exec/install/needs-uv';
import { execute } from '../support/bundle-file';
import { openIndex } from '../support/open-index';
import { environmentWith, runTool, uv } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { planOf } from './support/plans';
import { folderOf, HANDLER } from './support/requests';

const test = suite('[tool.uv] without a lock, with the real tools');

/** What is installed, or the message. */
const run = async (
  plan: BundlePlan,
  tool: 'uv' | 'pip' = 'uv',
  machine: Readonly<Record<string, string>> = {},
): Promise<readonly string[] | string> => {
  const tools = {
    ...environmentWith({ [tool]: true }),
    ...machine,
    CDK_LAMBDA_PYTHON_CACHE: path.join(temporaryFolder(), 'store'),
  };
  const [report] = await execute([plan], tools, {});
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  return fs
    .readdirSync(plan.output.path)
    .filter((name) => name.endsWith('.dist-info'))
    .map((name) => name.replace('.dist-info', ''))
    .sort();
};

const asked = (dependencies: Partial<DependencyRequest>): Partial<BundleRequest> => ({
  dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies },
});

const HEAD = '[project]\nname = "x"\nversion = "0"\nrequires-python = ">=3.11"\n';

const SETTINGS = `override-dependencies = ["urllib3==1.26.18"]
constraint-dependencies = ["idna<3.7"]
exclude-newer = "2024-07-01T00:00:00Z"
`;

const PROJECT = `${HEAD}dependencies = ["requests==2.31.0"]\n[tool.uv]\n${SETTINGS}`;

const AS_UV = [
  'certifi-2024.6.2',
  'charset_normalizer-3.3.2',
  'idna-3.6',
  'requests-2.31.0',
  'urllib3-1.26.18',
];

test('overrides, constraints and a date of a project mean what they mean to uv', async () => {
  const folder = folderOf({ 'index.py': HANDLER, 'pyproject.toml': PROJECT });
  assert.equal(await run(planOf(folder)), AS_UV);
});

test('and those of a script', async () => {
  const block = `requires-python = ">=3.11"\ndependencies = ["requests==2.31.0"]\n[tool.uv]\n${SETTINGS}`;
  const comment = block
    .trimEnd()
    .split('\n')
    .map((line) => `# ${line}`)
    .join('\n');
  const folder = folderOf({ 'index.py': `# /// script\n${comment}\n# ///\n${HANDLER}` });
  assert.equal(await run(planOf(folder)), AS_UV);
});

test('with pip alone it is an error that names each setting and its place', async () => {
  const folder = folderOf({ 'index.py': HANDLER, 'pyproject.toml': PROJECT });
  const file = path.join(folder, 'pyproject.toml');
  assert.match(
    (await run(planOf(folder), 'pip')) as string,
    `uv was not found, and only uv can honour these settings: override-dependencies (${file}:7), constraint-dependencies (${file}:8), exclude-newer (${file}:9). Looked for: uv (not found); `,
  );
});

test('settings that decide nothing of an install need no uv', async () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'pyproject.toml': `${HEAD}dependencies = ["idna==3.10"]\n[tool.uv]\npackage = false\ndefault-groups = ["dev"]\n[dependency-groups]\ndev = ["six"]\n`,
  });
  assert.equal(await run(planOf(folder), 'pip'), ['idna-3.10']);
});

test('the default index of the project is the one that is asked, whatever the machine names', async () => {
  const index = await openIndex(wheelFolder('idna', { 'idna.py': 'X = 1\n' }, { version: '3.10' }));
  const folder = folderOf({
    'index.py': HANDLER,
    'pyproject.toml': `${HEAD}dependencies = ["idna>=3"]\n[[tool.uv.index]]\nname = "corp"\nurl = "${index.url}/"\ndefault = true\n`,
  });
  const plan = planOf(folder);
  const found = await run(plan, 'uv', { UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple' });
  index.close();
  assert.equal(found, ['idna-3.10']);
  assert.equal(fs.readFileSync(path.join(plan.output.path, 'idna.py'), 'utf8'), 'X = 1\n');
});

test('a source takes its package from its index alone, also one that is explicit', async () => {
  const index = await openIndex(
    wheelFolder('corp_core', { 'corp_core.py': '' }),
    wheelFolder('idna', { 'idna.py': '' }, { version: '99' }),
  );
  const folder = folderOf({
    'index.py': HANDLER,
    'pyproject.toml': `${HEAD}dependencies = ["corp-core", "idna==3.10"]
[tool.uv.sources]
corp-core = [
  { index = "corp", marker = "sys_platform == 'linux'" },
  { index = "mac", marker = "sys_platform != 'linux'" },
]
[[tool.uv.index]]
name = "corp"
url = "${index.url}"
explicit = true
[[tool.uv.index]]
name = "mac"
url = "http://127.0.0.1:9/simple"
explicit = true
`,
  });
  const found = await run(planOf(folder));
  index.close();
  assert.equal(found, ['corp_core-1', 'idna-3.10']);
});

test('a source may be a wheel, of a project and of a script', async () => {
  const vendor = wheelFolder('corp_core', { 'corp_core.py': '' });
  const wheel = fs.readFileSync(path.join(vendor, 'corp_core-1-py3-none-any.whl'));
  const source = '[tool.uv.sources]\ncorp-core = { path = "vendor/corp_core-1-py3-none-any.whl" }\n';
  const project = folderOf({
    'index.py': HANDLER,
    'vendor/corp_core-1-py3-none-any.whl': wheel,
    'pyproject.toml': `${HEAD}dependencies = ["corp-core"]\n${source}`,
  });
  const block = `dependencies = ["corp-core"]\n${source}`.trimEnd().replace(/^/gm, '# ');
  const script = folderOf({
    'index.py': `# /// script\n${block}\n# ///\n${HANDLER}`,
    'vendor/corp_core-1-py3-none-any.whl': wheel,
  });
  for (const folder of [project, script])
    for (const tool of ['uv', 'pip'] as const)
      assert.equal(await run(planOf(folder), tool), ['corp_core-1'], `${folder} ${tool}`);
});

test('a group of a root without a project is installed, with a lock and without', async () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'pyproject.toml':
      '[tool.uv.workspace]\nmembers = ["member"]\n[dependency-groups]\nlambda = ["idna==3.10"]\n',
    'member/pyproject.toml': '[project]\nname = "member"\nversion = "0"\nrequires-python = ">=3.11"\n',
  });
  assert.equal(await run(planOf(folder, asked({ groups: ['lambda'] }))), ['idna-3.10']);
  runTool(uv(), ['lock', '--quiet'], folder);
  assert.equal(await run(planOf(folder, asked({ groups: ['Lambda'] }))), ['idna-3.10']);
  assert.throws(
    () => planOf(folder),
    new RegExp('only groups: name one in `dependencies.groups` \\(lambda\\)'),
  );
});

test('a container without uv is told as that', () => {
  const { install } = planOf(folderOf({ 'index.py': HANDLER, 'pyproject.toml': PROJECT }));
  const error = install && noUvInContainer(install, `first\n${NO_UV}\n`);
  assert.match(
    error ? showExecutionError(error) : '',
    /pyproject\.toml:9\)\. Looked for: uv on this machine, to be used in public\.ecr\.aws\/sam\/build-python3\.11\S*\. Install uv/,
  );
  assert.is(install && noUvInContainer(install, 'another'), undefined);
});

test('what `extra-build-dependencies` names is there when a locked package is built, as with `uv sync`', async () => {
  const folder = folderOf({
    'index.py': HANDLER,
    'bad/pyproject.toml':
      '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "badbuild"\nversion = "1.0"\n',
    'bad/setup.py': 'import six\nfrom setuptools import setup\nsetup(py_modules=["badbuild"])\n',
    'bad/badbuild.py': 'B = 1\n',
    'pyproject.toml': `${HEAD}dependencies = ["badbuild"]\n[tool.uv.sources]\nbadbuild = { path = "bad" }\n[tool.uv.extra-build-dependencies]\nbadbuild = ["six"]\n`,
  });
  assert.equal(await run(planOf(folder)), ['badbuild-1.0'], 'without a lock');
  runTool(uv(), ['lock', '--quiet'], folder);
  assert.equal(await run(planOf(folder)), ['badbuild-1.0'], 'with a lock');
});

test.run();
