import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { folderOf, HANDLER } from '../exec/support/requests';
import { cli } from './support/command';

const test = suite('cli: bundle and run');

/** What is in a folder but manifests. */
const bundlesBeside = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => !name.endsWith('.manifest.json'))
    .sort();

const FILES = { 'fn/main.py': HANDLER, 'fn/data.txt': 'x' };

test('makes a bundle in a new folder and prints its path', async () => {
  const cwd = folderOf({ ...FILES, 'fn/requirements.txt': 'six==1.16.0\n' });
  const { code, stdout, stderr } = await cli(
    ['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', '--out', 'build/my bundle'],
    { cwd },
  );
  assert.is(code, 0, stderr);
  assert.is(stdout, `${path.join(cwd, 'build/my bundle')}\n`);
  const line =
    /^cdk-lambda-python: installed by host \(\w+ [\d.]+\) in [\d.]+ s: the requirements of fn\/main\.py for/m;
  assert.match(stderr, line);
  assert.equal(
    fs.readdirSync(path.join(cwd, 'build/my bundle')).filter((name) => !name.includes('requirements')),
    ['data.txt', 'main.py', 'six-1.16.0.dist-info', 'six.py'],
  );
  assert.equal(fs.readdirSync(path.join(cwd, 'build')), ['my bundle', 'my bundle.manifest.json']);
});

test('an empty folder will do; one that is not needs --force, and is then replaced', async () => {
  const cwd = folderOf({ ...FILES, 'out/old.txt': 'old' });
  fs.mkdirSync(path.join(cwd, 'empty'));
  const bundle = (...args: readonly string[]) =>
    cli(['bundle', 'fn/main.py', '--runtime', '3.13', '--bytecode', 'off', ...args], { cwd });
  assert.is((await bundle('--out', 'empty')).code, 0);
  const refused = await bundle('--out', 'out');
  assert.is(refused.code, 1);
  assert.is(refused.stdout, '');
  assert.is(
    refused.stderr,
    `error: ${cwd}/out is not empty. Name a new folder, or use --force to replace its content.\n`,
  );
  assert.equal(fs.readdirSync(path.join(cwd, 'out')), ['old.txt']);
  assert.is((await bundle('--out', 'out', '--force')).code, 0);
  assert.equal(fs.readdirSync(path.join(cwd, 'out')), ['data.txt', 'main.py']);
  assert.equal(bundlesBeside(cwd), ['empty', 'fn', 'out']);
});

test('a file is never taken for a folder, nor the sources for an old bundle', async () => {
  const cwd = folderOf({ ...FILES, 'lib/setup.py': "setup(name='lib')", 'fn/requirements.txt': '../lib\n' });
  fs.symlinkSync('fn', path.join(cwd, 'link'));
  const before = listTree(cwd);
  const refuse = async (out: string, holds: string): Promise<void> => {
    const { code, stderr } = await cli(
      ['bundle', 'fn/main.py', '--runtime', '3.13', '--out', out, '--force'],
      { cwd },
    );
    assert.is(code, 1);
    assert.is(stderr, `error: ${path.resolve(cwd, out)} ${holds}\n`);
    assert.equal(listTree(cwd), before);
  };
  const needed = (file: string) =>
    `contains ${path.join(cwd, file)}, and --force would remove it. Name another folder.`;
  await Promise.all([
    refuse('fn/data.txt', 'is not a folder. Name a new folder.'),
    refuse('fn', needed('fn')),
    refuse('link', needed('fn')),
    refuse('.', needed('fn')),
    refuse('lib', needed('lib/setup.py')),
  ]);
});

test('a bundle below the sources is no source of the next', async () => {
  const cwd = folderOf(FILES);
  const args = ['bundle', 'fn/main.py', '--runtime', '3.13', '--out', 'fn/build', '--force'];
  assert.is((await cli(args, { cwd })).code, 0);
  const first = listTree(path.join(cwd, 'fn/build'));
  assert.is((await cli(args, { cwd })).code, 0);
  assert.equal(listTree(path.join(cwd, 'fn/build')), first);
  assert.equal(bundlesBeside(path.join(cwd, 'fn')), ['build', 'data.txt', 'main.py']);
});

test('on a terminal, what runs is drawn anew', async () => {
  const cwd = folderOf({ ...FILES, 'fn/requirements.txt': 'idna==3.6\n' });
  const node = [
    process.execPath,
    '--require',
    require.resolve('tsx/cjs'),
    require.resolve('../../src/cli/main'),
  ];
  const command = [...node, 'bundle', 'fn/main.py', '--runtime', '3.13', '--out', 'out'].join(' ');
  // `script` (util-linux) gives a command a terminal.
  const script = ['-qec', `stty cols 200 rows 30; ${command}`, '/dev/null'];
  const environment = { ...environmentWith({ uv: true }) };
  delete environment['CI'];
  const { status, stdout } = spawnSync('/usr/bin/script', script, {
    cwd,
    encoding: 'utf8',
    env: {
      ...environment,
      PATH: `${environment['PATH']}:/usr/bin:/bin`,
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    },
  });
  if (status === null) {
    console.log('SKIPPED: there is no `script` on this machine');
    return;
  }
  assert.is(status, 0, stdout);
  assert.match(
    stdout,
    /\u001b\[[\s\S]*cdk-lambda-python: installing the requirements of fn\/main\.py .* … \d\.\d s/,
  );
  assert.match(
    stdout,
    /cdk-lambda-python: installed by host \(\w+ [\d.]+\) in \d+\.\d s: the requirements of fn/,
  );
});

test('a failure leaves what was there, tells what to do, and shows no stack', async () => {
  const cwd = folderOf({ ...FILES, 'fn/requirements.txt': 'six==99.0\n', 'out/old.txt': 'old' });
  const { code, stdout, stderr } = await cli(
    ['bundle', 'fn/main.py', '--runtime', '3.13', '--out', 'out', '--force'],
    { cwd },
  );
  assert.is(code, 1);
  assert.is(stdout, '');
  assert.match(
    stderr,
    /^error: fn\/main\.py: No package index that was asked has six==99\.0 for Python 3\.13 on /m,
  );
  assert.match(stderr, /^ {2}\| .*six==99\.0/m);
  assert.not.match(stderr, /^\s+at /m);
  assert.equal(fs.readdirSync(path.join(cwd, 'out')), ['old.txt']);
  assert.equal(fs.readdirSync(cwd).sort(), ['fn', 'out']);
});

test('a folder that cannot be made', async () => {
  const cwd = folderOf(FILES);
  const refuse = async (out: string, reason: string): Promise<void> => {
    const args = ['bundle', 'fn/main.py', '--runtime', '3.13', '--out', out];
    const { code, stdout, stderr } = await cli(args, { cwd });
    assert.is(code, 1);
    assert.is(stdout, '');
    assert.match(stderr, /^error: (fn\/main\.py: )?Cannot write .*\n$/);
    assert.ok(stderr.includes(`: ${reason}`), stderr);
  };
  await Promise.all([
    refuse('fn/data.txt/out', 'a part of the path is not a folder. Make the folder writable'),
    refuse('x'.repeat(300), 'the path is longer than this machine allows. Give the folders'),
  ]);
  assert.equal(fs.readdirSync(cwd), ['fn']);
});

test('awkward names of files, folders and packages', async () => {
  const folder = 'it\'s $(touch pwned) "x" größe';
  const cwd = folderOf({
    [`${folder}/-e.py`]: HANDLER,
    [`${folder}/requirements.txt`]: './my lib\n',
    [`${folder}/my lib/setup.py`]:
      "from setuptools import setup\nsetup(name='my-lib', py_modules=['my_lib'])\n",
    [`${folder}/my lib/my_lib.py`]: '',
    [`${folder}/data, 100 %/a;b&c.txt`]: '',
  });
  const { code, stderr } = await cli(['bundle', '--runtime', '3.13', '--out', '../out -x', '--', '-e.py'], {
    cwd: path.join(cwd, folder),
  });
  assert.is(code, 0, stderr);
  const names = fs.readdirSync(path.join(cwd, 'out -x'));
  for (const name of ['data, 100 %', 'my_lib.py'])
    assert.ok(names.includes(name), `${name} in ${names.join()}`);
  assert.equal(fs.readdirSync(cwd).sort(), [folder, 'out -x', 'out -x.manifest.json'].sort());
  assert.not(fs.readdirSync(path.join(cwd, folder)).includes('pwned'));
});

/** A plan as "plan --json" prints it. */
const planned = async (
  tree: Readonly<Record<string, string>>,
): Promise<{ readonly cwd: string; readonly json: string }> => {
  const cwd = folderOf(tree);
  const { stdout, stderr } = await cli(['plan', 'fn/main.py', '--runtime', '3.13', '--json'], { cwd });
  assert.is(stderr, '');
  return { cwd, json: stdout };
};

test('a plan that was written down is run from another folder, from a file and from standard input', async () => {
  const { json } = await planned({ ...FILES, 'fn/requirements.txt': 'six==1.16.0\n' });
  const elsewhere = temporaryFolder();
  writeTree(elsewhere, { 'my plan.json': json });
  const fromFile = await cli(['run', 'my plan.json', '--out', 'one'], { cwd: elsewhere });
  assert.is(fromFile.code, 0, fromFile.stderr);
  assert.is(fromFile.stdout, `${elsewhere}/one\n`);
  const fromInput = await cli(['run', '-', '--out', 'two'], { cwd: elsewhere, input: json });
  assert.is(fromInput.code, 0, fromInput.stderr);
  assert.equal(listTree(path.join(elsewhere, 'one')), listTree(path.join(elsewhere, 'two')));
  assert.ok(fs.existsSync(path.join(elsewhere, 'one/six.py')));
  assert.equal(bundlesBeside(elsewhere), ['my plan.json', 'one', 'two']);
});

test('a plan whose files have changed since is not run', async () => {
  const { cwd, json } = await planned(FILES);
  fs.appendFileSync(path.join(cwd, 'fn/data.txt'), 'y');
  const { code, stderr } = await cli(['run', '-', '--out', 'out'], { cwd, input: json });
  assert.is(code, 1);
  assert.is(
    stderr,
    `error: fn/main.py: ${cwd}/fn/data.txt changed while the bundle was made. Synthesize again.\n`,
  );
  assert.equal(fs.readdirSync(cwd), ['fn']);
});

type Json = Record<string, unknown>;

/** A plan with other values in the fields that these JSON pointers name. */
const withFields = (plan: unknown, changes: Readonly<Record<string, unknown>>): unknown => {
  for (const [pointer, value] of Object.entries(changes)) {
    const keys = pointer.split('/').slice(1);
    const last = keys.pop() ?? '';
    keys.reduce((parent, key) => parent[key] as Json, plan as Json)[last] = value;
  }
  return plan;
};

test('a hostile plan is refused with the path of every wrong field, and nothing runs', async () => {
  const { cwd, json } = await planned({ ...FILES, 'fn/requirements.txt': 'six==1.16.0\n' });
  const trap = temporaryFolder();
  for (const program of ['uv', 'docker', 'python3', 'evil']) {
    const script = `#!/bin/sh\ntouch '${trap}/pwned'\n`;
    writeTree(trap, { [`bin/${program}`]: script });
    fs.chmodSync(path.join(trap, 'bin', program), 0o755);
  }
  const environment = { ...environmentWith({}), PATH: `${trap}/bin:${environmentWith({})['PATH']}` };
  const refuse = async (changes: Readonly<Record<string, unknown>>, ...fields: readonly string[]) => {
    const input = JSON.stringify(withFields(JSON.parse(json), changes));
    const { code, stdout, stderr } = await cli(['run', '-', '--out', 'out'], { cwd, input, environment });
    assert.is(code, 1);
    assert.is(stdout, '');
    assert.match(stderr, /^error: - is not a plan that can be run:\n/);
    for (const field of fields) assert.ok(stderr.includes(`\n${field}`), `${field} in ${stderr}`);
    assert.not.match(stderr, /^\s+at /m);
  };
  await Promise.all([
    refuse({ '/install/host/tools/0/programs': [['evil']] }, '/install/host/tools/0/programs/0'),
    refuse(
      {
        '/sources/0/path': '../../pwned',
        '/sources/0/from': '/etc/passwd',
        '/handler': 'a b',
        '/extra': true,
        '/install/docker/image': '--privileged',
      },
      '/sources/0/path: ',
      '/sources/0/from: ',
      '/handler: ',
      '/extra: ',
      '/install/docker/image: ',
    ),
    refuse(
      { '/install/docker/command': ['sh', '-c', 'evil'] },
      '/install/docker/argv/',
      '/install/isWhole: must be true, got false',
    ),
    refuse({ '/install/docker/command/0': 'sh' }, '/install/docker/command/0: must be "python", got "sh"'),
    refuse({ '/install/hooks/before': ['evil'] }, '/install/isWhole: must be true, got false'),
    refuse({ '/install/hooks/before': ['evil'], '/install/isWhole': true }, '/hash/dependencies: must be '),
    refuse({ '/version': 2 }, '/version: '),
  ]);
  assert.equal(fs.readdirSync(trap), ['bin']);
  assert.equal(fs.readdirSync(cwd), ['fn']);
});

test('what is no plan at all', async () => {
  const cwd = folderOf({ 'a.txt': 'nonsense', 'b.json': '[]' });
  const refuse = async (file: string, message: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await cli(['run', file, '--out', 'out'], { cwd });
    assert.is(code, 1);
    assert.is(stdout, '');
    assert.match(stderr, message);
    assert.not.match(stderr, /^\s+at /m);
  };
  await Promise.all([
    refuse('gone.json', /^error: Cannot read the plan gone\.json: no such file\.\n$/),
    refuse('.', /^error: Cannot read the plan \.: it is a folder\.\n$/),
    refuse('a.txt', /^error: a\.txt is not JSON\. "cdk-lambda-python plan FILE --json" prints a plan\.\n$/),
    refuse('b.json', /^error: b\.json is not a plan that can be run:\n/),
  ]);
  assert.equal(fs.readdirSync(cwd).sort(), ['a.txt', 'b.json']);
});

test.run();
