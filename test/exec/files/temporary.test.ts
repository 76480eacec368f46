import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { removeAbandoned, withTemporary } from '../../../src/exec/files/temporary';
import { temporaryFolder } from '../../support/temporary';

const test = suite('temporaries');

/** The id of a process that has ended. */
const deadProcess = (): number => spawnSync('true').pid;

/** The name that this process gives a temporary, and another process's would have had. */
const nameOf = async (folder: string, pid = process.pid): Promise<string> => {
  const own = await withTemporary(folder, (temporary) => Promise.resolve(path.basename(temporary)));
  return own.replace(String(process.pid), String(pid));
};

test('a temporary is new, and gone after the work, whatever came of it', async () => {
  const folder = path.join(temporaryFolder(), 'not/there');
  const seen: string[] = [];
  const use = (fails: boolean) => async (temporary: string) => {
    seen.push(temporary);
    fs.writeFileSync(path.join(temporary, 'file'), '');
    if (fails) throw new Error('failed');
    return Promise.resolve('done');
  };
  assert.is(await withTemporary(folder, use(false)), 'done');
  try {
    await withTemporary(folder, use(true));
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'failed');
  }
  assert.is(new Set(seen).size, 2);
  assert.equal(fs.readdirSync(folder), []);
});

test('the folder of temporaries may be removed by another run at any moment', async () => {
  const folder = path.join(temporaryFolder(), 'work');
  const { mkdtemp } = nodeFs.promises;
  let removals = 3;
  nodeFs.promises.mkdtemp = (async (prefix: string) => {
    if (removals-- > 0) fs.rmdirSync(folder);
    return mkdtemp(prefix);
  }) as typeof mkdtemp;
  try {
    assert.is(await withTemporary(folder, () => Promise.resolve('done')), 'done');
  } finally {
    nodeFs.promises.mkdtemp = mkdtemp;
  }
  assert.is(removals, -1);
});

test('a folder in which nothing can be made is an error, not a wait', async () => {
  const file = path.join(temporaryFolder(), 'file');
  fs.writeFileSync(file, '');
  try {
    await withTemporary(path.join(file, 'work'), () => Promise.resolve());
    assert.unreachable();
  } catch (error) {
    assert.is((error as NodeJS.ErrnoException).code, 'ENOTDIR');
  }
});

test('what a crashed run has left is removed; what a living one uses, and what is not ours, stays', async () => {
  const folder = temporaryFolder();
  const abandoned = await nameOf(folder, deadProcess());
  const inUse = await nameOf(folder);
  for (const name of [abandoned, inUse, 'something-else', '123-note']) {
    fs.mkdirSync(path.join(folder, name, 'inner'), { recursive: true });
  }
  removeAbandoned(folder);
  assert.equal(fs.readdirSync(folder).sort(), [inUse, 'something-else', '123-note'].sort());
});

test('a process that has ended and whose parent has not asked how is no living one', async () => {
  if (process.platform !== 'linux') return;
  const folder = temporaryFolder();
  // The shell becomes a program that never asks.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [pid] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
    const status = `/proc/${pid.trim()}/status`;
    while (!/^State:\s*Z/m.test(fs.readFileSync(status, 'utf8'))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    fs.mkdirSync(path.join(folder, await nameOf(folder, Number(pid))));
    removeAbandoned(folder);
    assert.equal(fs.readdirSync(folder), []);
  } finally {
    parent.kill('SIGKILL');
  }
});

test("another machine's processes cannot be asked: theirs go when they are old", async () => {
  const folder = temporaryFolder();
  const name = (await nameOf(folder, deadProcess())).replace(/-[0-9a-f]{8}-/, '-00000000-');
  const temporary = path.join(folder, name);
  fs.mkdirSync(temporary);
  removeAbandoned(folder);
  assert.equal(fs.readdirSync(folder), [name], 'it may be at work in a container that shares the folder');
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
  fs.utimesSync(temporary, twoDaysAgo, twoDaysAgo);
  removeAbandoned(folder);
  assert.equal(fs.readdirSync(folder), []);
  fs.mkdirSync(temporary);
  const nextYear = Date.now() / 1000 + 365 * 24 * 60 * 60;
  fs.utimesSync(temporary, nextYear, nextYear);
  removeAbandoned(folder);
  assert.equal(fs.readdirSync(folder), [], 'of before the clock was put back');
});

test('a folder that is not there has nothing to remove', () => {
  removeAbandoned(path.join(temporaryFolder(), 'none'));
});

test.run();
