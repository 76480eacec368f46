import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { right } from 'fp-ts/Either';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute, planOfFile } from '../support/bundle-file';
import { INSTALLED, packageFiles, repositoryWith } from '../support/local-sources';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('local packages that name others by their sources');

const REQUIREMENTS = { 'fn/requirements.txt': '-e ../libs/a[fast]\n' };

const PROJECT = {
  'fn/pyproject.toml': [
    '[project]',
    'name = "fn"',
    'version = "1.0"',
    'dependencies = ["five-lib-a[fast]"]',
    '[tool.uv.sources]',
    'five-lib-a = { path = "../libs/a" }',
    '',
  ].join('\n'),
};

const planIn = (root: string): BundlePlan =>
  planOfFile(path.join(root, 'fn/index.py'), {
    runtime: '3.11',
    executor: 'host',
    outputDirectory: temporaryFolder(),
  });

/** A repository with one package. */
const gitRepository = (): string => {
  const folder = temporaryFolder();
  writeTree(folder, { ...packageFiles('.', 'five-lib-g', {}) });
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'one');
  return folder;
};

const modulesOf = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.startsWith('five_lib') && !name.includes('-'))
    .sort();

for (const [declared, files] of Object.entries({
  'requirements.txt': REQUIREMENTS,
  'pyproject.toml': PROJECT,
})) {
  for (const tool of ['uv', 'pip'] as const) {
    test(`${declared}: ${tool} installs them all, none of them editable`, async () => {
      const plan = planIn(repositoryWith(temporaryFolder(), files));
      const [report] = await execute([plan], {
        ...environmentWith({ [tool]: true }),
        CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
      });
      if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
      assert.equal(modulesOf(report.outcome.path), INSTALLED);
      assert.not(fs.readdirSync(report.outcome.path).some((name) => name.startsWith('__editable__')));
      assert.equal(
        fs.readFileSync(path.join(report.outcome.path, 'five_lib_c.py'), 'utf8'),
        'NAME = "five-lib-c"\n',
      );
    });
  }

  test(`${declared}: an edit of any of them is another bundle`, () => {
    const root = repositoryWith(temporaryFolder(), files);
    const before = planIn(root).hash.dependencies;
    assert.is(planIn(root).hash.dependencies, before);
    fs.writeFileSync(path.join(root, 'libs/deep/c/five_lib_c.py'), 'NAME = "another"\n');
    assert.is.not(planIn(root).hash.dependencies, before);
  });

  test(`${declared}: one that is missing is told where it is named`, () => {
    const root = repositoryWith(temporaryFolder(), {
      ...files,
      ...packageFiles('libs/deep/c', 'five-lib-c', {
        dependencies: ['five-lib-gone', 'five-lib-out'],
        more: [
          '[tool.uv.sources]',
          'five-lib-gone = { path = "../gone" }',
          'five-lib-out = { path = "../../../../out" }',
        ],
      }),
    });
    const at = `${root}/libs/deep/c/pyproject.toml:8`;
    let said = '';
    try {
      planIn(root);
    } catch (error) {
      said = (error as Error).message;
    }
    assert.equal(
      said.split('\n').map((line) => line.replace(/(does not exist).*/, '$1')),
      [
        `${at} requires ${root}/libs/deep/gone, which does not exist`,
        `${at} requires ${path.dirname(root)}/out, which does not exist`,
      ],
    );
  });
}

test('by an absolute path as well, and where the requirements lie elsewhere', async () => {
  const root = temporaryFolder();
  repositoryWith(root, { 'fn/requirements.txt': `${root}/libs/a[fast]\n` });
  const plan = planIn(root);
  assert.not(JSON.stringify(plan.install?.generated).includes(root));
  const [report] = await execute([plan], {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  assert.equal(modulesOf(report.outcome.path), INSTALLED);
});

/** `a` names a Git repository and a member of its workspace, which names another one by the root's sources. */
const workspace = (git: string): Readonly<Record<string, string>> => ({
  'fn/requirements.txt': '../libs/a\n',
  'libs/pyproject.toml':
    '[tool.uv.workspace]\nmembers = ["*"]\n[tool.uv.sources]\nfive-lib-c = { workspace = true }\n',
  ...packageFiles('libs/a', 'five-lib-a', {
    dependencies: ['five-lib-b', 'five-lib-g'],
    more: [
      '[tool.uv.sources]',
      'five-lib-b = { workspace = true }',
      `five-lib-g = { git = "file://${git}" }`,
    ],
  }),
  ...packageFiles('libs/b', 'five-lib-b', { dependencies: ['five-lib-c'] }),
  ...packageFiles('libs/c', 'five-lib-c', {}),
});

const LOCK = `version = 1
requires-python = ">=3.11"

[[package]]
name = "five-lib-a"
version = "1.0"
source = { directory = "../libs/a" }
dependencies = [{ name = "five-lib-b" }]

[[package]]
name = "five-lib-b"
version = "1.0"
source = { editable = "../libs/b" }

[[package]]
name = "fn"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "five-lib-a" }]

[package.metadata]
requires-dist = [{ name = "five-lib-a", directory = "../libs/a" }]
`;

for (const tool of ['uv', 'pip'] as const) {
  for (const source of ['{ workspace = true }', '{ path = "../b", editable = true }']) {
    test(`${tool} installs what a lock has of a package that names another by ${source}`, async () => {
      const root = temporaryFolder();
      writeTree(root, {
        '.git/HEAD': '',
        'fn/index.py': 'def lambda_handler(event, context): ...\n',
        'fn/pyproject.toml': PROJECT['fn/pyproject.toml'].replace('[fast]', ''),
        'fn/uv.lock': LOCK,
        'libs/pyproject.toml': '[tool.uv.workspace]\nmembers = ["a", "b"]\n',
        ...packageFiles('libs/a', 'five-lib-a', {
          dependencies: ['five-lib-b'],
          more: ['[tool.uv.sources]', `five-lib-b = ${source}`],
        }),
        ...packageFiles('libs/b', 'five-lib-b', {}),
      });
      const [report] = await execute([planIn(root)], {
        ...environmentWith({ [tool]: true }),
        CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
      });
      if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
      assert.equal(modulesOf(report.outcome.path), ['five_lib_a.py', 'five_lib_b.py']);
    });
  }

  test(`${tool} installs members of a workspace and what is in a Git repository`, async () => {
    const git = gitRepository();
    const root = temporaryFolder();
    writeTree(root, {
      '.git/HEAD': '',
      'fn/index.py': 'def lambda_handler(event, context): ...\n',
      ...workspace(git),
    });
    const plan = planIn(root);
    assert.equal(plan.warnings, [
      {
        _tag: 'GitNotPinned',
        file: `${root}/libs/a/pyproject.toml`,
        line: 8,
        requirement: `five-lib-g @ git+file://${git}`,
      },
    ]);
    assert.equal(decodePlan(JSON.parse(JSON.stringify(plan))), right(plan));
    assert.match(JSON.stringify(plan.install), 'requirements-without-sources.txt');
    const [report] = await execute([plan], {
      ...environmentWith({ [tool]: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    });
    if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
    assert.equal(
      modulesOf(report.outcome.path),
      ['a', 'b', 'c', 'g'].map((name) => `five_lib_${name}.py`),
    );
  });
}

test.run();
