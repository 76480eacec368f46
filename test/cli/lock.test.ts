import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { privateIndex } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { cli } from './support/command';
import { HANDLER, OLD, packages, project, read, run, succeeds } from './support/lock-projects';

const test = suite('lock');

test('the round: a warning, the lock, the bundle without a warning, a change that is noticed', async () => {
  const folder = project({
    'requirements.txt': 'idna>=3\n-r more.txt\n-e ./shared\n',
    'more.txt': '# more\nanyio[trio] ; sys_platform == "linux"\n',
    'shared/pyproject.toml':
      '[project]\nname = "shared"\nversion = "1"\ndependencies = ["six"]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
  });
  const bundled = ['bundle', 'index.py', '--runtime', '3.13', '--out'];
  const before = await succeeds(folder, 'plan', 'index.py', '--runtime', '3.13', '--json');
  assert.match(
    before.stderr,
    `idna>=3 (${folder}/requirements.txt:1), anyio[trio] ; sys_platform == "linux" (${folder}/more.txt:2), six (${folder}/shared/pyproject.toml:4)`,
  );
  assert.match(before.stderr, 'Run `npx cdk-lambda-python lock requirements.txt`, or set');

  const made = await succeeds(folder, 'lock', 'requirements.txt', ...OLD);
  assert.is(made.stdout, `${folder}/pylock.toml\n`);
  const lock = read(folder);
  assert.ok(packages(lock).includes('idna 3.4'));
  assert.ok(packages(lock).includes('six 1.16.0'));
  assert.match(lock, 'path = "shared"');
  assert.match(lock, /sha256 = "[0-9a-f]{64}"/);
  assert.match(lock, 'created-by = "cdk-lambda-python"');
  assert.not.match(lock, folder);
  assert.match(
    lock,
    '[tool.cdk-lambda-python]\ndeclaration = "requirements.txt"\nrequirements = [\n    "-e ./shared",\n    "anyio[trio] ; sys_platform == \\"linux\\"",\n    "idna>=3",\n    "six # shared/pyproject.toml",\n]\nresolved-as-of = "2023-06-01T00:00:00Z"\nruntimes = [\n    "3.13",\n]\n',
  );
  assert.equal(fs.readdirSync(folder).sort(), [
    'index.py',
    'more.txt',
    'pylock.toml',
    'requirements.txt',
    'shared',
  ]);

  const after = await succeeds(folder, ...bundled, 'out');
  assert.not.match(after.stderr, 'warning');
  assert.ok(fs.existsSync(path.join(folder, 'out/idna-3.4.dist-info')));
  assert.is((await run(folder, 'lock', '--check')).code, 0);

  fs.writeFileSync(path.join(folder, 'more.txt'), 'anyio\n');
  const message =
    `${folder}/pylock.toml is out of date with ${folder}/requirements.txt: ${folder}/more.txt:1 has \`anyio\`, ` +
    'which was `anyio[trio] ; sys_platform == "linux"`. Run `npx cdk-lambda-python lock requirements.txt --runtime 3.13 --resolved-as-of 2023-06-01T00:00:00Z`.\n';
  const stale = await run(folder, 'plan', 'index.py', '--runtime', '3.13');
  assert.is(stale.code, 1);
  assert.is(stale.stderr, `error: index.py: ${message}`);
  const check = await run(folder, 'lock', '--check');
  assert.is(check.code, 1);
  assert.is(check.stderr, `error: ${message}`);
  // The command is one for the folder in which it is shown.
  const elsewhere = await run(path.join(folder, 'shared'), 'lock', folder, '--check');
  assert.match(elsewhere.stderr, `lock ${folder}/requirements.txt --runtime 3.13`);
});

test('what a local package needs is a part of it', async () => {
  const pyproject = (needs: string) =>
    `[project]\nname = "shared"\nversion = "1"\ndependencies = [${needs}]\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n`;
  const folder = project({ 'requirements.txt': './shared\n', 'shared/pyproject.toml': pyproject('"six"') });
  await succeeds(folder, 'lock', ...OLD);
  writeTree(folder, { 'shared/pyproject.toml': pyproject('"six", "idna"') });
  const told = `${folder}/shared/pyproject.toml:4 has \`idna\`, which is new. Run`;
  assert.match((await run(folder, 'lock', '--check')).stderr, told);
  assert.match((await run(folder, 'plan', 'index.py', '--runtime', '3.13')).stderr, told);
});

test('versions stay until they are upgraded, one by one or all', async () => {
  const folder = project({ 'requirements.txt': 'idna\nsix\n' });
  await succeeds(folder, 'lock', ...OLD);
  assert.equal(packages(read(folder)), ['idna 3.4', 'six 1.16.0']);
  await succeeds(folder, 'lock', '--runtime', '3.13', '--resolved-as-of', '2025-01-01');
  assert.equal(packages(read(folder)), ['idna 3.4', 'six 1.16.0']);
  await succeeds(
    folder,
    'lock',
    '.',
    '--runtime',
    '3.13',
    '--resolved-as-of',
    '2025-01-01',
    '--upgrade',
    'idna',
  );
  assert.equal(packages(read(folder)), ['idna 3.10', 'six 1.16.0']);
  await succeeds(folder, 'lock', '.', '--runtime', '3.13', '--resolved-as-of', '2025-01-01', '--upgrade');
  assert.equal(packages(read(folder)), ['idna 3.10', 'six 1.17.0']);
  const twice = await run(folder, 'lock', '--upgrade', 'requirements.txt');
  assert.is(twice.code, 1);
  assert.match(twice.stderr, 'Put the file first: `lock requirements.txt --upgrade`.');
});

test('a script and a project, with groups and extras', async () => {
  const script = `# /// script\n# requires-python = ">=3.12"\n# dependencies = ["idna"]\n# ///\n${HANDLER}`;
  const folder = project({
    'index.py': script,
    'b/pyproject.toml':
      '[project]\nname = "b"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["idna"]\n[project.optional-dependencies]\nx = ["six"]\n[dependency-groups]\nweb = ["attrs"]\n',
    'b/index.py': HANDLER,
  });
  await succeeds(folder, 'lock', 'index.py', '--resolved-as-of', '2024-01-01');
  assert.equal(packages(read(folder, 'pylock.index.toml')), ['idna 3.6']);
  const plan = await succeeds(folder, 'plan', 'index.py', '--json');
  assert.match(plan.stdout, 'idna==3.6 --hash=sha256:');
  assert.is(plan.stderr, '');

  await succeeds(folder, 'lock', 'b', '--resolved-as-of', '2024-01-01', '--extra', 'x', '--group', 'web');
  assert.equal(packages(read(folder, 'b/pylock.toml')), ['attrs 23.2.0', 'idna 3.6', 'six 1.16.0']);
  const chosen = ['--runtime', '3.12', '--extra', 'x', '--group', 'web', '--json'];
  assert.match((await succeeds(folder, 'plan', 'b/index.py', ...chosen)).stdout, 'attrs==23.2.0');
  const other = await run(folder, 'plan', 'b/index.py', '--runtime', '3.12');
  const reason =
    'it was made with the group `web`, and is used with no groups. Run `npx cdk-lambda-python lock b/pyproject.toml --resolved-as-of 2024-01-01T00:00:00Z`.';
  assert.match(other.stderr, reason);
  assert.match((await run(folder, 'lock', 'b', '--check')).stderr, reason);
  assert.is((await run(folder, 'lock', 'b', '--check', '--group', 'web', '--extra', 'x')).code, 0);
});

test('an index with a password: it is asked, it is found again, and no password is written', async () => {
  const index = await privateIndex();
  index.setPassword('secret-pw-1');
  const url = index.urlWith('secret-pw-1').replace('aws:secret-pw-1', '${INDEX_USER}:${INDEX_PASSWORD}');
  const folder = project({ 'requirements.txt': `--index-url ${url}\nprivate-lib\n` });
  const environment = { ...environmentWith({ uv: true }), INDEX_USER: 'aws', INDEX_PASSWORD: 'secret-pw-1' };
  const ended = await cli(['lock', '--runtime', '3.11'], { cwd: folder, environment });
  assert.is(ended.code, 0, ended.stderr);
  const lock = read(folder);
  assert.equal(packages(lock), ['private-lib 1']);
  assert.not.match(lock, 'secret-pw-1');
  const out = await cli(['bundle', 'index.py', '--runtime', '3.11', '--out', 'out'], {
    cwd: folder,
    environment,
  });
  index.close();
  assert.is(out.code, 0, out.stderr);
  assert.ok(fs.existsSync(path.join(folder, 'out/private_lib.py')));
});

test('for the targets that are named: another one is an error, and not an empty bundle', async () => {
  const folder = project({ 'requirements.txt': 'markupsafe\n' });
  const named = [
    '--runtime',
    '3.11',
    '--runtime',
    '3.12',
    '--arch',
    'arm64',
    '--resolved-as-of',
    '2023-10-01',
  ];
  await succeeds(folder, 'lock', '.', ...named);
  const lock = read(folder);
  assert.match(lock, 'requires-python = ">=3.11"');
  assert.match(lock, "environments = [\"sys_platform == 'linux' and platform_machine == 'aarch64'\"]");
  assert.not.match(lock, 'x86_64');
  await succeeds(folder, 'plan', 'index.py', '--runtime', '3.12', '--arch', 'arm64');
  const other = await run(folder, 'plan', 'index.py', '--runtime', '3.12');
  const date = '--resolved-as-of 2023-10-01T00:00:00Z';
  const command = `npx cdk-lambda-python lock requirements.txt --runtime 3.11 --runtime 3.12 --arch arm64 --arch x86_64 ${date}`;
  assert.match(
    other.stderr,
    `but the target is Python 3.12 on x86_64. Run \`${command}\` to lock for the target as well.`,
  );
  const older = await run(folder, 'plan', 'index.py', '--runtime', '3.10', '--arch', 'arm64');
  const all = `--runtime 3.10 --runtime 3.11 --runtime 3.12 --arch arm64 ${date}`;
  assert.match(
    older.stderr,
    `is for Python >=3.11, but the target is Python 3.10. Run \`npx cdk-lambda-python lock requirements.txt ${all}\` to lock for the target as well.`,
  );
  // What a message says to run is what helps.
  await succeeds(folder, ...command.split(' ').slice(2));
  await succeeds(folder, 'plan', 'index.py', '--runtime', '3.12');
  await succeeds(folder, 'plan', 'index.py', '--runtime', '3.11', '--arch', 'arm64');
});

test('a Python that is named is not passed over; one that nobody named is', async () => {
  // In 2021 nothing was made for Python 3.13 yet.
  const folder = project({ 'requirements.txt': 'markupsafe\n' });
  const named = await run(folder, 'lock', '.', '--runtime', '3.13', '--resolved-as-of', '2022-03-01');
  assert.is(named.code, 1);
  assert.match(named.stderr, /markupsafe/i);
  assert.not.ok(fs.existsSync(path.join(folder, 'pylock.toml')));
});

test('for the targets that the plans of an app have', async () => {
  const app = temporaryFolder();
  const folder = project({ 'requirements.txt': 'six\n' });
  const stack = new Stack(
    new App({ outdir: path.join(app, 'cdk.out'), context: { 'cdk-lambda-python:phase': 'publish' } }),
    'Stack',
  );
  new PythonFunction(stack, 'A', {
    entry: path.join(folder, 'index.py'),
    runtime: Runtime.PYTHON_3_12,
    architecture: Architecture.ARM_64,
  });
  (stack.node.root as App).synth();
  await succeeds(app, 'lock', folder);
  const lock = read(folder);
  assert.match(lock, 'requires-python = ">=3.12"');
  assert.match(lock, 'aarch64');
  assert.not.match(lock, "'x86_64'");
});

test.run();
