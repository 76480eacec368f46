import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/support/requests';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { cli } from './support/command';

const test = suite('cli: audit');

const HASH = `--hash=sha256:${'0'.repeat(64)}`;
const PYTHON = ['--runtime', '3.11'];

test('of an entry and of a plan: what is wrong, with file and line, and an exit code', async () => {
  const cwd = folderOf({
    'fn/index.py': HANDLER,
    'fn/requirements.txt': `-r base.txt\n-c pins.txt\n--extra-index-url https://e.example/simple\n`,
    'fn/base.txt': 'idna\n',
    'fn/pins.txt': 'idna==3.10\n',
    'clean/index.py': HANDLER,
    'clean/requirements.txt': `six==1.17.0 ${HASH}\n`,
  });
  const environment = environmentWith({});
  const plan = await cli(['plan', 'fn', '--json', ...PYTHON], { cwd, environment });
  fs.writeFileSync(path.join(cwd, 'plan.json'), plan.stdout);
  const lines = [
    `fn: ${cwd}/fn/base.txt:1: idna has no hash`,
    `fn: ${cwd}/fn/requirements.txt:3: https://e.example/simple is an index that is not expected`,
    'fn: note: there is no lock, and nothing was installed here yet: the dependencies of the requirements are unknown',
  ];
  for (const [what, options] of [
    ['fn', PYTHON],
    ['plan.json', []],
  ] as const) {
    const { code, stdout, stderr } = await cli(['audit', what, ...options], { cwd, environment });
    assert.is(stderr, '');
    assert.equal(stdout.trim().split('\n'), [...lines, '2 found in 1 plan']);
    assert.is(code, 1);
  }
  const both = await cli(['audit', 'fn', 'clean', '--warn-only', '--json', ...PYTHON], { cwd, environment });
  assert.is(both.code, 0);
  const read = JSON.parse(both.stdout) as readonly { readonly findings: readonly unknown[] }[];
  assert.equal(
    read.map(({ findings }) => findings.length),
    [2, 0],
  );
  const clean = await cli(['audit', 'clean', ...PYTHON], { cwd, environment });
  assert.equal([clean.code, clean.stdout], [0, 'nothing found in 1 plan\n']);
});

test('a lock: its package, with the line of the lock', async () => {
  const lock =
    'lock-version = "1.0"\ncreated-by = "me"\n[[packages]]\nname = "six"\nversion = "1.17.0"\n' +
    'index = "https://i.example/simple"\nwheels = [{ name = "six-1.17.0-py3-none-any.whl", url = "https://i.example/six-1.17.0-py3-none-any.whl", hashes = { sha256 = "' +
    `${'0'.repeat(64)}" } }]\n`;
  const cwd = folderOf({ 'index.py': HANDLER, 'pylock.toml': lock });
  const environment = environmentWith({});
  const { stdout, code } = await cli(['audit', 'index.py', ...PYTHON], { cwd, environment });
  assert.equal(
    [code, stdout],
    [
      1,
      `index.py: ${cwd}/pylock.toml: https://i.example/simple is an index that is not expected\n1 found in 1 plan\n`,
    ],
  );
  const allowed = ['--allow-index', 'https://i.example/simple'];
  assert.is((await cli(['audit', 'index.py', ...allowed, ...PYTHON], { cwd, environment })).code, 0);
});

test('what an unlocked set was resolved to, once it is in the store', async () => {
  const cwd = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'alone==1\n' });
  const environment = {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    UV_NO_INDEX: '1',
    UV_FIND_LINKS: wheelFolder('alone', { 'alone.py': '' }),
  };
  const audited = () => cli(['audit', 'index.py', ...PYTHON], { cwd, environment });
  assert.match((await audited()).stdout, /note: nothing is locked, and it was not installed here yet/);
  const made = await cli(['bundle', 'index.py', '--out', 'out', ...PYTHON], { cwd, environment });
  assert.is(made.code, 0, made.stderr);
  assert.is(
    (await audited()).stdout,
    `index.py: ${cwd}/requirements.txt:1: alone==1 has no hash\n1 found in 1 plan\n`,
  );
});

test('what is no plan is told as such', async () => {
  const cwd = folderOf({ 'a.json': '{', 'b.json': '{}' });
  for (const [file, said] of [
    ['a.json', /^error: Cannot read the plan a\.json: it is not JSON\.\n$/],
    ['b.json', /^error: b\.json is not a plan:\n/],
    ['gone.json', /^error: Cannot read the plan gone\.json: /],
    ['gone.py', /^error: gone\.py: The entry does not exist/],
  ] as const) {
    const { code, stderr } = await cli(['audit', file], { cwd });
    assert.is(code, 1);
    assert.match(stderr, said);
  }
});

test.run();
