import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lastIgnoring } from '../../src/exec/git/git-ignored';
import { execute, planOfFile } from '../support/bundle-file';
import { environmentWith, uv } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

const test = suite('files that a .gitignore around a local package names');

const project = (requires: string, backend: string, more = ''): string =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n[project]\nname = "one"\nversion = "1"\ndescription = "d"\n${more}`;

const BACKENDS: Readonly<Record<string, string>> = {
  hatchling: project('hatchling', 'hatchling.build'),
  'poetry-core': project('poetry-core>=2', 'poetry.core.masonry.api'),
  setuptools: project(
    'setuptools>=77',
    'setuptools.build_meta',
    '[tool.setuptools.package-data]\none = ["*"]\n',
  ),
  flit: project('flit_core>=3.11', 'flit_core.buildapi'),
  pdm: project('pdm-backend', 'pdm.backend'),
};

/** Where the file lies, seen from the repository's root. */
const PLACES = { package: 'app/one', app: 'app', repository: '.' } as const;

const git = (folder: string, ...args: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
};

const modulesOf = (folder: string): readonly string[] =>
  listTree(path.join(folder, 'one'))
    .map((file) => file.path)
    .filter((file) => !file.includes('__pycache__'));

/** What `uv build` puts into the wheel, where the package lies. */
const builtInPlace = (folder: string): readonly string[] => {
  const out = temporaryFolder();
  const { status, stderr } = spawnSync(uv(), ['build', '--wheel', '--out-dir', out, '--no-config', folder], {
    encoding: 'utf8',
  });
  assert.is(status, 0, stderr);
  return modulesOf(unpack(path.join(out, fs.readdirSync(out).find((name) => name.endsWith('.whl')) ?? '')));
};

const bundled = async (app: string, variables: NodeJS.ProcessEnv = {}): Promise<readonly string[]> => {
  const plan = planOfFile(path.join(app, 'fn/h.py'), {
    runtime: '3.13',
    executor: 'host',
    outputDirectory: temporaryFolder(),
  });
  const [report] = await execute([plan], {
    ...environmentWith({ uv: true }),
    ...variables,
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  return modulesOf(report.outcome.path);
};

for (const [backend, pyproject] of Object.entries(BACKENDS))
  test(`${backend}: a copy gives the wheel that \`uv build\` gives in place, and \`.git\` decides nothing`, async () => {
    for (const [name, place] of Object.entries(PLACES)) {
      const root = temporaryFolder();
      const app = path.join(root, 'app');
      writeTree(root, {
        'app/cdk.json': '{}',
        'app/fn/h.py': 'def lambda_handler(event, context): return 1\n',
        'app/fn/requirements.txt': '../one\n',
        'app/one/pyproject.toml': pyproject,
        'app/one/one/__init__.py': '',
        'app/one/one/data.json': '{}',
        'app/one/one/local.secret': 'x',
        [path.join(place, '.gitignore')]: '*.secret\n',
      });
      git(root, 'init', '-q');
      git(root, 'add', '.');
      git(root, 'commit', '-qm', 'all');
      const expected = builtInPlace(path.join(app, 'one'));
      fs.rmSync(path.join(app, 'one/build'), { recursive: true, force: true });
      for (const left of fs.readdirSync(path.join(app, 'one')).filter((file) => file.endsWith('.egg-info')))
        fs.rmSync(path.join(app, 'one', left), { recursive: true });
      assert.equal(await bundled(app), expected, name);
      fs.rmSync(path.join(root, '.git'), { recursive: true });
      assert.equal(await bundled(app), expected, `${name}, without .git`);
    }
  });

for (const backend of ['hatchling', 'poetry-core'])
  test(`${backend}: a repository that the folder of temporaries lies in says nothing of a copy`, async () => {
    const root = temporaryFolder();
    writeTree(root, { '.gitignore': '*.json\n', 'tmp/.keep': '' });
    git(root, 'init', '-q');
    const app = temporaryFolder();
    writeTree(app, {
      'cdk.json': '{}',
      'fn/h.py': 'def lambda_handler(event, context): return 1\n',
      'fn/requirements.txt': '../one\n',
      'one/pyproject.toml': BACKENDS[backend] ?? '',
      'one/one/__init__.py': '',
      'one/one/data.json': '{}',
    });
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = path.join(root, 'tmp');
    try {
      assert.equal(await bundled(app, { CDK_LAMBDA_PYTHON_SANDBOX: 'off' }), ['__init__.py', 'data.json']);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

test('a file in the home folder, in that of temporaries or above them is not looked for', () => {
  const never = ['/home/me', '/tmp'];
  assert.is(lastIgnoring('/home/me/code/repository/app', never), '/home/me/code');
  assert.is(lastIgnoring('/srv/repository/app', never), '/srv');
  assert.is(lastIgnoring('/tmp/app', never), '/tmp/app');
  assert.is(lastIgnoring('/home/me', never), '/home/me');
});

test.run();
