import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isSealed, seal } from '../../../src/exec/store/seal';
import { temporaryFolder } from '../../support/temporary';

const test = suite('seal');

const keyOf = (root: string): string => path.join(root, 'seal.key');

test('a seal is the HMAC-SHA256 of the text with a key of 32 random bytes that only its owner can read', () => {
  const root = path.join(temporaryFolder(), 'new/store');
  const made = seal(root, 'text');
  const stats = fs.statSync(keyOf(root));
  assert.equal([stats.size, (stats.mode & 0o777).toString(8)], [32, '600']);
  assert.is(
    made,
    createHmac('sha256', fs.readFileSync(keyOf(root)))
      .update('text')
      .digest('hex'),
  );
  assert.equal(fs.readdirSync(root), ['seal.key']);
  const other = temporaryFolder();
  seal(other, 'text');
  assert.not.equal(fs.readFileSync(keyOf(other)), fs.readFileSync(keyOf(root)));
});

test('a seal holds for its text and the key of its store', () => {
  const [root, other] = [temporaryFolder(), temporaryFolder()];
  const made = seal(root, 'text');
  assert.ok(isSealed(root, 'text', made));
  assert.not(isSealed(root, 'text ', made));
  assert.not(isSealed(other, 'text', made), 'no key');
  seal(other, '');
  assert.not(isSealed(other, 'text', made), 'another key');
  for (const wrong of ['', made.slice(2), `${made}00`, made.toUpperCase(), 'z'.repeat(64)]) {
    assert.not(isSealed(root, 'text', wrong), wrong);
  }
  assert.equal(fs.readdirSync(other), ['seal.key'], 'to look makes no key');
});

test('a store that was copied to another place keeps its seals', () => {
  const root = temporaryFolder();
  const made = seal(root, 'text');
  const copy = path.join(temporaryFolder(), 'copy');
  fs.cpSync(root, copy, { recursive: true });
  fs.chmodSync(keyOf(copy), 0o600);
  assert.ok(isSealed(copy, 'text', made));
});

test('a key that was removed or replaced is noticed by a process that knew it', () => {
  const root = temporaryFolder();
  const made = seal(root, 'text');
  fs.rmSync(keyOf(root));
  assert.not(isSealed(root, 'text', made));
  const next = seal(root, 'text');
  assert.is.not(next, made);
  assert.ok(isSealed(root, 'text', next));
  assert.not(isSealed(root, 'text', made));
});

const refusals: readonly (readonly [name: string, change: (file: string) => void, why: string])[] = [
  ['others can read it', (file) => fs.chmodSync(file, 0o644), 'has mode 644, not 600'],
  ['its group can read it', (file) => fs.chmodSync(file, 0o640), 'has mode 640, not 600'],
  ['it was cut', (file) => fs.truncateSync(file, 5), 'has 5 bytes, not 32'],
  ['it is empty', (file) => fs.truncateSync(file), 'has 0 bytes, not 32'],
  [
    'it is a link',
    (file) => {
      fs.renameSync(file, `${file}.real`);
      fs.symlinkSync(`${file}.real`, file);
    },
    'is not a file',
  ],
];

for (const [name, change, why] of refusals) {
  test(`a key is refused where ${name}: nothing is sealed with it, and it is not replaced`, () => {
    const root = temporaryFolder();
    const made = seal(root, 'text');
    change(keyOf(root));
    assert.not(isSealed(root, 'text', made));
    const message = `The key of the store, ${keyOf(root)}, ${why}. Until this is fixed, nothing in the store is used. Remove the file (the store is then filled again), or set CDK_LAMBDA_PYTHON_CACHE to a folder of your own.`;
    assert.throws(
      () => seal(root, 'text'),
      (error: Error) => error.message === message,
    );
    assert.not(isSealed(root, 'text', made));
    assert.equal(
      fs.readdirSync(root).filter((file) => /probe|key\../.test(file) && !file.endsWith('.real')),
      [],
    );
  });
}

test('a key of another user is refused', () => {
  if (process.geteuid?.() !== 0) return;
  const root = temporaryFolder();
  const made = seal(root, 'text');
  fs.chownSync(keyOf(root), 12345, 12345);
  assert.not(isSealed(root, 'text', made));
  assert.throws(
    () => seal(root, 'text'),
    (error: Error) => error.message.includes('belongs to user 12345, not to user 0'),
  );
});

test('processes that start at once use one key', async () => {
  const root = path.join(temporaryFolder(), 'store');
  const module = path.resolve(__dirname, '../../../src/exec/store/seal.ts');
  const script = `process.stdout.write(require(${JSON.stringify(module)}).seal(${JSON.stringify(root)}, 'text'))`;
  const run = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['-r', require.resolve('tsx/cjs'), '-e', script], {
        cwd: path.resolve(__dirname, '../../..'),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.on('error', reject);
      child.on('close', () => resolve(output));
    });
  const seals = await Promise.all(Array.from({ length: 4 }, run));
  assert.equal(new Set(seals).size, 1);
  assert.ok(isSealed(root, 'text', seals[0] ?? ''));
  assert.equal(fs.readdirSync(root), ['seal.key']);
});

test.run();
