import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import { folderOf, HANDLER, requestFor } from '../exec/support/requests';
import { POWER_TABLES } from '../../src/cli/plan-permissions';
import { planWith } from '../exec/support/plans';
import { environmentWith } from '../support/python-tools';
import { sourceDistribution } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { cli } from './support/command';

const test = suite('cli: plans with commands');

/** Writes the plan of a function with these options, and says where. */
const planIn = (changes: Partial<BundleRequest>, tree: Readonly<Record<string, string>> = {}): string => {
  const folder = folderOf({ 'fn/index.py': HANDLER, ...tree });
  const request = requestFor(path.join(folder, 'fn/index.py'), changes);
  const made = plan(request, survey(request)());
  if (isLeft(made)) throw new Error(JSON.stringify(made.left));
  fs.writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(made.right));
  return folder;
};

test('a plan with commands is a program: it runs where that is allowed alone', async () => {
  const cwd = planIn({ hooks: { before: ['echo made > made.txt'], after: [] } });
  const refused = await cli(['run', 'plan.json', '--out', 'out'], { cwd });
  assert.is(refused.code, 1);
  assert.is(
    refused.stderr,
    'error: plan.json has commands of its own:\n  echo made > made.txt\nUse --allow-commands to run them.\n',
  );
  assert.not(fs.existsSync(path.join(cwd, 'out')));
  const allowed = await cli(['run', 'plan.json', '--out', 'out', '--allow-commands'], { cwd });
  assert.is(allowed.code, 0, allowed.stderr);
  assert.is(fs.readFileSync(path.join(cwd, 'out/made.txt'), 'utf8'), 'made\n');
});

test('a variable with another value than the plan was made with: no bundle, its name, and no value', async () => {
  const cwd = planIn({
    variables: { STAGE: 'staging-of-today' },
    hooks: { before: [], after: ['echo "$STAGE" > stage.txt'] },
    docker: { environment: ['STAGE'], volumes: [] },
  });
  const run = (STAGE: string | undefined) =>
    cli(['run', 'plan.json', '--out', 'out', '--allow-commands'], {
      cwd,
      environment: { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), STAGE },
    });
  for (const value of ['production', undefined]) {
    const { code, stderr } = await run(value);
    assert.is(code, 1);
    assert.match(stderr, 'STAGE must have the values of the synthesis');
    assert.not.match(stderr, 'staging-of-today');
    assert.not(fs.existsSync(path.join(cwd, 'out')));
  }
  const same = await run('staging-of-today');
  assert.is(same.code, 0, same.stderr);
  assert.is(fs.readFileSync(path.join(cwd, 'out/stage.txt'), 'utf8'), 'staging-of-today\n');
});

test('so is one that names what a container runs', async () => {
  const docker = { environment: [], volumes: [] };
  const own = planIn({ executor: 'docker', docker: { ...docker, command: ['make', 'bundle'] } });
  assert.match((await cli(['run', 'plan.json', '--out', 'out'], { cwd: own })).stderr, /^ {2}make bundle$/m);
});

test('so is one whose container sees folders of this machine', async () => {
  const volumes = [{ hostPath: '/etc', containerPath: '/host', readOnly: false }];
  const cwd = planIn({
    executor: 'docker',
    docker: { environment: [], volumes, volumesFrom: ['other'], volumesDigest: 'v1', command: ['make'] },
  });
  const { code, stderr } = await cli(['run', 'plan.json', '--out', 'out'], { cwd });
  assert.is(code, 1);
  assert.match(stderr, /^ {2}\(mounts \/etc as \/host\)\n {2}\(mounts the volumes of other\)$/m);
});

/** A folder with a source distribution whose build leaves a file behind, and that file's path. */
const building = (): { readonly links: string; readonly ran: string } => {
  const ran = path.join(temporaryFolder(), 'ran');
  const code = `open(${JSON.stringify(ran)}, 'w').close()`;
  return { links: path.dirname(sourceDistribution({ name: 'evil', code })), ran };
};

const off = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_SANDBOX: 'off' };

test('what has no wheel is not built on this machine, though the index alone knows of it', async () => {
  const { links, ran } = building();
  const cwd = planIn({ executor: 'host' }, { 'fn/requirements.txt': `evil==1\n` });
  const environment = { ...off, UV_NO_INDEX: '1', UV_FIND_LINKS: links, CDK_LAMBDA_PYTHON_CACHE: cwd };
  const run = (...more: readonly string[]) =>
    cli(['run', 'plan.json', '--out', 'out', ...more], { cwd, environment });
  const { code, stderr } = await run();
  assert.is(code, 1);
  assert.match(stderr, 'Its build would run code on this machine. Say --allow-commands to allow that');
  assert.is(fs.existsSync(ran), false);
  const allowed = await run('--allow-commands');
  assert.is(allowed.code, 0, allowed.stderr);
  assert.is(fs.existsSync(ran), true);
});

test('nor is what an address names fetched, or another index asked', async () => {
  const requirements =
    'evil @ https://me:s3cret@h.example/evil-1.tar.gz\nb @ git+https://h.example/b\nc @ https://h.example/c-1-py3-none-any.whl\n--extra-index-url https://i.example/simple\n';
  const cwd = planIn({ executor: 'host' }, { 'fn/requirements.txt': requirements });
  const { code, stderr } = await cli(['run', 'plan.json', '--out', 'out'], { cwd });
  assert.is(code, 1);
  assert.is(
    stderr,
    `error: plan.json has commands of its own:
  (fetches https://h.example/evil-1.tar.gz, and builds it on this machine)
  (fetches git+https://h.example/b, and builds it on this machine)
  (fetches https://h.example/c-1-py3-none-any.whl)
  (takes packages from https://i.example/simple)
Use --allow-commands to run them.
`,
  );
});

test('every field of a plan is in the table of what it may ask for', () => {
  const { plan: fields, install, docker } = POWER_TABLES;
  const made = planWith('six\n');
  if (made.install === null) throw new Error('nothing to install');
  assert.equal(Object.keys(fields).sort(), Object.keys(made).sort());
  // There with `requirePinned`, indexes of a lock, versions from Git, commands beside a declaration, `[tool.uv]`, further
  // indexes, and a chosen installer.
  const optional = [
    'pinned',
    'runs',
    'credentials',
    'git',
    'furtherIndexes',
    'unshipped',
    'uv',
    'isOrdered',
    'prerelease',
    'hashesDecide',
    'configSettings',
    'installer',
  ];
  assert.equal(Object.keys(install).sort(), [...Object.keys(made.install), ...optional].sort());
  assert.equal(Object.keys(docker).sort(), Object.keys(made.install.docker).sort());
});

test.run();
