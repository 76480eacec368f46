import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { linkFile } from '../../../src/exec/files/link-file';
import { stamp } from '../../../src/exec/files/stamp';
import { temporaryFolder } from '../../support/temporary';

const test = suite('link a file');

const finished = (folder: string): string => {
  const file = path.join(folder, 'finished');
  fs.writeFileSync(file, 'content', { mode: 0o755 });
  fs.chmodSync(file, 0o755);
  stamp(file);
  return file;
};

test('the same content, mode and time under another name', () => {
  const folder = temporaryFolder();
  const target = path.join(folder, 'linked');
  linkFile(finished(folder), target);
  const { mode, mtime } = fs.statSync(target);
  assert.equal(
    [fs.readFileSync(target, 'utf8'), mode & 0o777, mtime.toISOString()],
    ['content', 0o755, '1980-01-01T00:00:00.000Z'],
  );
});

test('from one disk to another it is a copy, with the same time', () => {
  const other = fs.existsSync('/dev/shm') ? fs.mkdtempSync('/dev/shm/cdk-lambda-python-') : undefined;
  const folder = temporaryFolder();
  if (other === undefined || fs.statSync(other).dev === fs.statSync(folder).dev) return;
  try {
    const target = path.join(other, 'linked');
    linkFile(finished(folder), target);
    const { mode, mtime, nlink } = fs.statSync(target);
    assert.equal([mode & 0o777, mtime.toISOString(), nlink], [0o755, '1980-01-01T00:00:00.000Z', 1]);
  } finally {
    fs.rmSync(other, { recursive: true });
  }
});

test('what is there is not replaced, and what is missing is told', () => {
  const folder = temporaryFolder();
  const file = finished(folder);
  const taken = path.join(folder, 'taken');
  fs.writeFileSync(taken, 'mine');
  assert.throws(
    () => {
      linkFile(file, taken);
    },
    (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
  );
  assert.is(fs.readFileSync(taken, 'utf8'), 'mine');
  assert.throws(
    () => {
      linkFile(path.join(folder, 'nothing'), path.join(folder, 'new'));
    },
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
});

test.run();
