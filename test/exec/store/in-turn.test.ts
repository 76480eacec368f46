import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inTurn } from '../../../src/exec/store/in-turn';
import { folderStore } from '../../../src/exec/store/store';
import type { Store } from '../../../src/exec/store/store';
import { removeAbandonedLocks, showHolder, takeLock } from '../../../src/exec/store/store-lock';
import { newName } from '../../../src/exec/files/temporary';
import { temporaryFolder } from '../../support/temporary';

const test = suite('one of several makes it');

const KEY = 'a'.repeat(64);
const OTHER_HOST = '4711-00000000-builder';

const newStore = (): Store => folderStore(temporaryFolder());
const placeOf = ({ folder }: Store): string => path.join(folder, 'locks', KEY);
const namesIn = (folder: string): readonly string[] => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

/** A lock that somebody has left. */
const leave = (store: Store, name: string): string => {
  fs.mkdirSync(placeOf(store), { recursive: true });
  const file = path.join(placeOf(store), name);
  fs.writeFileSync(file, '');
  return file;
};

const ofDeadProcess = (): string =>
  newName('host').replace(String(process.pid), String(spawnSync('true').pid));

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs that want the same thing; notes what they do. */
const scene = (store: Store, make: (run: string) => Promise<string>) => {
  const notes: string[] = [];
  let made: string | undefined;
  const run = (name: string, silence?: number): Promise<string> =>
    inTurn(store, KEY, {
      find: () => Promise.resolve(made),
      make: async () => {
        notes.push(`${name} makes it`);
        return (made = await make(name));
      },
      onWait: (holder) => notes.push(`${name} waits for ${holder ? showHolder(holder) : 'nobody any more'}`),
      ...(silence === undefined ? {} : { silence }),
    });
  return { notes, run };
};

const slowly = async (name: string): Promise<string> => {
  await sleep(80);
  return `by ${name}`;
};

/** On the busiest machine, something that waits without end. */
const inTime = <A>(work: Promise<A>): Promise<A> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('it waits without end')), 20_000).unref();
    }),
  ]);

const ME = `process ${process.pid} on ${os.hostname().replace(/[^\w.-]/g, '_')}`;

test('ten want it: one makes it, the others have it from there, and nothing is left', async () => {
  const store = newStore();
  const { notes, run } = scene(store, slowly);
  const names = Array.from({ length: 10 }, (_, index) => String(index));
  assert.equal(
    await Promise.all(names.map((name) => run(name))),
    names.map(() => 'by 0'),
  );
  assert.equal([...notes].sort(), ['0 makes it', ...names.slice(1).map((name) => `${name} waits for ${ME}`)]);
  assert.equal(namesIn(path.join(store.folder, 'locks')), []);
  assert.equal(namesIn(store.temporaries), []);
});

test('where the first fails, the others try by themselves, side by side', async () => {
  const { notes, run } = scene(newStore(), async (name) => {
    await sleep(80);
    if (name !== 'c') throw new Error(name);
    return 'by c';
  });
  const settled = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => run(name)));
  assert.equal(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))),
    ['Error: a', 'Error: b', 'by c', 'Error: d'],
  );
  assert.is(notes.filter((note) => note.endsWith('makes it')).length, 4);
  assert.is(notes.filter((note) => note.endsWith('nobody any more')).length, 3);
});

test('of a process that was killed: one takes over, and the others wait for that one', async () => {
  const store = newStore();
  leave(store, ofDeadProcess());
  const { notes, run } = scene(store, slowly);
  const answers = await inTime(
    Promise.all(['a', 'b', 'c'].map((name) => run(name, Number.POSITIVE_INFINITY))),
  );
  assert.is(notes.filter((note) => note.endsWith('makes it')).length, 1);
  assert.is(new Set(answers).size, 1);
  assert.equal(namesIn(path.join(store.folder, 'locks')), []);
});

test('of another host: waited for as long as it gives a sign of itself', async () => {
  const store = newStore();
  const file = leave(store, OTHER_HOST);
  const { notes, run } = scene(store, slowly);
  const running = run('a', 500);
  for (let beats = 0; beats < 15; beats += 1) {
    await sleep(60);
    fs.appendFileSync(file, '.');
  }
  assert.equal(notes, ['a waits for process 4711 on builder']);
  assert.is(await inTime(running), 'by a');
  assert.equal(notes.slice(1), ['a waits for nobody any more', 'a makes it']);
  assert.equal(namesIn(path.join(store.folder, 'locks')), []);
});

test('a holder whose place was taken leaves the lock of the other alone', () => {
  const store = newStore();
  const lock = takeLock(store, KEY);
  assert.ok(lock);
  assert.is(takeLock(store, KEY), undefined);
  for (const name of fs.readdirSync(placeOf(store))) fs.rmSync(path.join(placeOf(store), name));
  leave(store, OTHER_HOST);
  lock?.release();
  assert.equal(namesIn(placeOf(store)), [OTHER_HOST]);
  assert.is(takeLock(store, KEY), undefined);
});

test('where nothing can be locked, each makes it', async () => {
  for (const obstacle of ['locks', 'tmp']) {
    const store = newStore();
    fs.mkdirSync(store.folder, { recursive: true });
    fs.writeFileSync(path.join(store.folder, obstacle), 'no folder');
    const { notes, run } = scene(store, slowly);
    assert.equal(await Promise.all(['a', 'b'].map((name) => run(name))), ['by a', 'by b']);
    assert.equal(notes, ['a makes it', 'b makes it']);
  }
});

test('an empty folder is no lock', () => {
  const store = newStore();
  fs.mkdirSync(placeOf(store), { recursive: true });
  assert.ok(takeLock(store, KEY));
});

test('locks of killed runs go when nobody has waited for them; others stay', () => {
  const before = (file: string, seconds: number): void => {
    const time = Date.now() / 1000 - seconds;
    fs.utimesSync(file, time, time);
  };
  const left = (name: string, seconds: number): readonly string[] => {
    const store = newStore();
    before(leave(store, name), seconds);
    removeAbandonedLocks(store);
    return [...namesIn(path.join(store.folder, 'locks')), ...namesIn(placeOf(store))];
  };
  assert.equal(left(ofDeadProcess(), 120), []);
  const fresh = ofDeadProcess();
  assert.equal(left(fresh, 1), [KEY, fresh], 'who waits for it takes over in a moment');
  assert.equal(left(newName('host'), 120), [KEY, newName('host')], 'a living process');
  assert.equal(left(OTHER_HOST, 120), [KEY, OTHER_HOST]);
  assert.equal(left(OTHER_HOST, 2 * 24 * 60 * 60), []);
  removeAbandonedLocks(newStore());
});

test.run();
