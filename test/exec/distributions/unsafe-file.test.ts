import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { unsafeFile } from '../../../src/exec/distributions/unsafe-file';
import { temporaryFolder } from '../../support/temporary';
import { folderOf, makePipe } from '../support/requests';

const test = suite('files that no bundle may hold');

const tree = (): string => folderOf({ 'a/b.py': '', run: '' });
const at = (folder: string, name: string): string => path.join(folder, name);

test('links that lead out, pipes, and programs with the rights of their owner', () => {
  const secret = at(folderOf({ 'secret.txt': 'x' }), 'secret.txt');
  const linked = tree();
  fs.symlinkSync(secret, at(linked, 'a/link.txt'));
  assert.equal(unsafeFile(linked), { path: 'a/link.txt', what: `a symbolic link to ${secret}` });
  const outside = tree();
  fs.symlinkSync(path.dirname(secret), at(outside, 'folder'));
  assert.equal(unsafeFile(outside), { path: 'folder', what: `a symbolic link to ${path.dirname(secret)}` });
  const beside = tree();
  fs.mkdirSync(`${beside}-2`);
  fs.symlinkSync(`${beside}-2`, at(beside, 'folder'));
  assert.equal(unsafeFile(beside)?.path, 'folder');
  fs.rmdirSync(`${beside}-2`);
  const piped = tree();
  makePipe(at(piped, 'a/pipe'));
  assert.equal(unsafeFile(piped), { path: 'a/pipe', what: 'a named pipe' });
  for (const [mode, what] of [
    [0o4755, 'a file with the set-user-ID bit'],
    [0o4644, 'a file with the set-user-ID bit'],
    [0o2755, 'a file with the set-group-ID bit'],
  ] as const) {
    const set = tree();
    fs.chmodSync(at(set, 'run'), mode);
    assert.equal(unsafeFile(set), { path: 'run', what });
  }
});

test('devices', () => {
  const folder = tree();
  try {
    execFileSync('mknod', [at(folder, 'null'), 'c', '1', '3'], { stdio: 'ignore' });
  } catch {
    return console.log('SKIPPED: this user may make no device');
  }
  assert.equal(unsafeFile(folder), { path: 'null', what: 'a device' });
});

test('links within the tree, broken ones and other modes are as safe as files', () => {
  const folder = tree();
  fs.symlinkSync('b.py', at(folder, 'a/c.py'));
  fs.symlinkSync(at(folder, 'a'), at(folder, 'd'));
  fs.symlinkSync(at(temporaryFolder(), 'nothing'), at(folder, 'broken'));
  fs.chmodSync(at(folder, 'run'), 0o2644);
  fs.chmodSync(at(folder, 'a'), 0o2755);
  assert.is(unsafeFile(folder), undefined);
});

test('what is said', () => {
  assert.is(
    showExecutionError({ _tag: 'UnsafeFile', path: 'a/x', distribution: 'a-1', what: 'a named pipe' }),
    'a/x of a-1 is a named pipe, which no bundle may hold. Do not trust the distribution until you know why. If your own commands made it, have them write a plain file.',
  );
});

test.run();
