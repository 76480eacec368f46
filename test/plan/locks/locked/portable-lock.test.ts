import { left, right } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { portableLock } from '../../../../src/plan/locks/locked/portable-lock';

const test = suite('a lock that others can read');

const LINUX = ["sys_platform == 'linux'"];

test('paths are seen from its folder, and it says what it is for', () => {
  const text = [
    'lock-version = "1.0"',
    'created-by = "uv"',
    '',
    '[[packages]]',
    'directory = { path = "/app/shared", editable = true }',
    'archive = { path = "../x.whl" }',
    'wheels = [{ url = "https://files.example/x.whl" }]',
    '',
  ].join('\n');
  assert.equal(
    portableLock(text, { folder: '/app/fn', written: '/app/fn' }, LINUX),
    right(
      [
        'lock-version = "1.0"',
        'environments = ["sys_platform == \'linux\'"]',
        'created-by = "cdk-lambda-python"',
        '',
        '[[packages]]',
        'directory = { path = "../shared", editable = true }',
        'archive = { path = "../x.whl" }',
        'wheels = [{ url = "https://files.example/x.whl" }]',
        '',
      ].join('\n'),
    ),
  );
  const once = portableLock(text, { folder: '/app/fn', written: '/app/fn' }, LINUX);
  assert.equal(
    once._tag === 'Right' ? portableLock(once.right, { folder: '/app/fn', written: '/app/fn' }, LINUX) : once,
    once,
  );
});

test('no password and no path of this machine is written', () => {
  assert.equal(
    portableLock('index = "https://u:pw@h/simple"\n', { folder: '/app', written: '/app' }, LINUX),
    left([
      'uv has put a user name or password of an index into the lock, so the lock was not written. Use a netrc file.',
    ]),
  );
  assert.equal(
    portableLock('wheels = [{ url = "file:///opt/x.whl" }]\n', { folder: '/app', written: '/app' }, LINUX),
    left([
      'The lock would contain file:///opt/x.whl, a path of this machine, so it was not written. Serve the folder as an index.',
    ]),
  );
});

test('every file has a hash', () => {
  const entry = (name: string, hashes: string): string =>
    `[[packages]]\nname = "${name}"\nwheels = [{ url = "https://h/${name}.whl", hashes = {${hashes}} }]\n\n`;
  const [hashed, other] = [entry('a', ' sha256 = "aa" '), entry('b', '')];
  const portable = (text: string) => portableLock(text, { folder: '/app', written: '/app' }, LINUX);
  assert.equal(portable(hashed), right(hashed));
  assert.equal(
    portable(hashed + other + entry('c', ' ')),
    left([
      'uv has no hash for b, c, because the index has none, so the lock was not written. Install a newer uv, which computes hashes, or add hashes to the index.',
    ]),
  );
});

test.run();
