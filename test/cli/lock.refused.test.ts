import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { environmentWith } from '../support/python-tools';
import { cli } from './support/command';
import { OLD, project, read, run, succeeds } from './support/lock-projects';

const test = suite('lock: what is refused, and what is checked');

test('a password in the file is an error, as is a folder of packages', async () => {
  const folder = project({
    'requirements.txt': '-f wheels\n--index-url https://u:hidden@h/simple\nsix\n',
    'wheels/x.txt': '',
  });
  const { code, stderr } = await run(folder, 'lock');
  assert.is(code, 1);
  assert.match(stderr, `${folder}/requirements.txt:1 looks for packages in a folder of this machine`);
  assert.match(stderr, `${folder}/requirements.txt:2 has a user name or password in a URL`);
  assert.not.match(stderr, 'hidden');
});

const REFUSED: Readonly<
  Record<string, readonly [tree: Readonly<Record<string, string>>, file: string, message: RegExp]>
> = {
  'a lock of uv': [
    { 'uv.lock': '', 'pyproject.toml': '[project]\nname = "a"\n' },
    '.',
    /uv\.lock belongs to the tool that makes it\. Run `uv lock`/,
  ],
  'its project': [
    { 'uv.lock': '', 'pyproject.toml': '[project]\nname = "a"\n' },
    'pyproject.toml',
    /uv\.lock belongs to .*Run `uv lock`/,
  ],
  'a project of Poetry': [
    { 'pyproject.toml': '[tool.poetry]\n' },
    '.',
    /pyproject\.toml belongs to .*Run `poetry lock`\./,
  ],
  'a Pipfile': [{ Pipfile: '' }, '.', /Pipfile belongs to .*Run `pipenv lock`\./],
  'a script with its lock': [
    { 'index.py.lock': '' },
    'index.py',
    /index\.py\.lock belongs to .*Run `uv lock --script index\.py`/,
  ],
  "another's pylock.toml": [
    { 'requirements.txt': 'six\n', 'pylock.toml': 'lock-version = "1.0"\n' },
    '.',
    /pylock\.toml was not made from requirements\.txt by this command: it is left as it is/,
  ],
  'what is no declaration': [{ 'a.json': '{}' }, 'a.json', /a\.json is nothing that this command locks/],
  nothing: [{}, '.', /has nothing to lock\. Looked for: requirements\.txt, uv\.lock/],
  'a runtime that is none': [
    { 'requirements.txt': 'six\n' },
    '. --runtime 2.7',
    /"2\.7" is no Python runtime of Lambda/,
  ],
  'a date that is none': [
    { 'requirements.txt': 'six\n' },
    '. --resolved-as-of soon',
    /`dependencies\.resolvedAsOf` is "soon"/,
  ],
  'a date of the future': [
    { 'requirements.txt': 'six\n' },
    '. --resolved-as-of 2099-01-01',
    /`dependencies\.resolvedAsOf` is 2099-01-01, which is in the future: it fixes nothing\. Set a moment that has passed\./,
  ],
  'a file that is not there': [{}, 'nosuch.txt', /nosuch\.txt does not exist\.\n$/],
  'a file after a name to upgrade': [
    { 'fns/requirements.txt': 'idna\n' },
    '--upgrade idna fns/requirements.txt',
    /Put the file first: `lock fns\/requirements\.txt --upgrade idna`\./,
  ],
  'a name to upgrade that is not in the lock': [
    {
      'requirements.txt': 'idna\n',
      'pylock.toml':
        'lock-version = "1.0"\n[[packages]]\nname = "idna"\nversion = "3.4"\n[tool.cdk-lambda-python]\ndeclaration = "requirements.txt"\n',
    },
    '. --upgrade idnaa',
    /pylock\.toml has no package idnaa, so nothing was upgraded\. Names like it: idna\./,
  ],
  'what has no wheel': [
    { 'requirements.txt': 'docopt==0.6.2\n' },
    '. --runtime 3.13',
    /^error: uv cannot lock requirements\.txt\. docopt has no wheel\. Add `--allow-builds` to build it here, .*\.\nuv said:\n  \| [^]*docopt/,
  ],
  'hashes on some lines': [
    { 'requirements.txt': `six==1 --hash=sha256:${'a'.repeat(64)}\nidna\n` },
    '.',
    /hashes on some lines and not on others/,
  ],
  'what does not exist': [
    { 'requirements.txt': 'idna==0.0.0.1\n' },
    '. --runtime 3.13',
    /^error: uv cannot lock requirements\.txt\.\nuv said:\n  \| [^]*idna/,
  ],
};

for (const [what, [tree, args, message]] of Object.entries(REFUSED)) {
  test(`refused: ${what}`, async () => {
    const folder = project(tree);
    const before = fs.readdirSync(folder);
    const { code, stderr } = await run(folder, 'lock', ...args.split(' '));
    assert.is(code, 1);
    assert.match(stderr, message);
    assert.equal(fs.readdirSync(folder), before);
  });
}

test('all lines have hashes: there is nothing to do', async () => {
  const folder = project({ 'requirements.txt': `six==1.17.0 --hash=sha256:${'a'.repeat(64)}\n` });
  const { stderr } = await succeeds(folder, 'lock');
  assert.match(stderr, 'it needs no lock');
  assert.not.ok(fs.existsSync(path.join(folder, 'pylock.toml')));
});

test('without uv, how to get it', async () => {
  const folder = project({ 'requirements.txt': 'six\n' });
  const { code, stderr } = await cli(['lock'], { cwd: folder, environment: environmentWith({}) });
  assert.is(code, 1);
  assert.match(
    stderr,
    /A lock is made by uv, which was not found\. Looked for: uv \(not found\).*Install uv 0\.9\.16 or newer: `pip install uv`/,
  );
});

test('a lock that was edited, or is not there, is told by --check without an index', async () => {
  const folder = project({ 'requirements.txt': 'idna\n' });
  assert.match(
    (await run(folder, 'lock', '--check')).stderr,
    'pylock.toml is missing. Run `npx cdk-lambda-python lock requirements.txt`.\n',
  );
  await succeeds(folder, 'lock', ...OLD);
  const offline = { ...environmentWith({}), UV_OFFLINE: '1' };
  assert.is((await cli(['lock', '--check'], { cwd: folder, environment: offline })).code, 0);
  const lock = read(folder);
  fs.writeFileSync(path.join(folder, 'pylock.toml'), lock.replaceAll('\n', '\r\n'));
  assert.is((await run(folder, 'lock', '--check')).code, 0);
  fs.writeFileSync(path.join(folder, 'pylock.toml'), lock.replace('"3.4"', '"3.3"'));
  assert.match((await run(folder, 'lock', '--check')).stderr, 'was changed after it was written');
  fs.writeFileSync(path.join(folder, 'pylock.toml'), lock);
  assert.match(
    (await run(folder, 'lock', '--check', '--resolved-as-of', '2024-01-01')).stderr,
    'was made as of 2023-06-01T00:00:00Z, and not of 2024-01-01',
  );
  assert.match(
    (await run(folder, 'lock', '--check', '--runtime', '3.12')).stderr,
    'but the target is Python 3.12. Run `npx cdk-lambda-python lock requirements.txt --runtime 3.12 --runtime 3.13 --resolved-as-of 2023-06-01T00:00:00Z` to lock for the target as well.\n',
  );
});

test.run();
