import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { prune } from '../../src/exec/store/prune';
import { folderStore } from '../../src/exec/store/store';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';
import { checkNext, checkSaid, checkWhole, leftOf } from './support/afterwards';
import { filesOf } from './support/damage';
import { newerLibrary, otherFormat, otherLayout } from './support/library';
import type { Ended } from './support/processes';
import { sleep, startApp, startCache } from './support/processes';
import type { Scene, SceneOptions } from './support/scene';
import { bundlesIn, newScene } from './support/scene';

const { row, run } = reliabilityTable(suite('faults: concurrent'), 'faults: concurrent');

type Bundles = Readonly<Record<string, unknown>>;

const synthesized = async (scene: Scene): Promise<Bundles> => {
  const ended = await startApp(scene).ended;
  assert.is(ended.code, 0, ended.stderr);
  return bundlesIn(scene.output);
};

/** Makes a function's next version, which has a number in it. */
const edit = (scene: Scene, number: number): void => fs.appendFileSync(scene.entry, `# ${number}\n`);

/** What comes of a function on a store that holds nothing. */
const fresh = async (options: SceneOptions, ...edits: readonly number[]): Promise<Bundles> => {
  const scene = newScene(options);
  edits.forEach((number) => edit(scene, number));
  return synthesized(scene);
};

const all = (scenes: readonly Scene[]): Promise<readonly Ended[]> =>
  Promise.all(scenes.map((scene) => startApp(scene).ended));

row(
  'eight apps are synthesized at once on one cold store',
  'all have the same bundle, and the store each entry once',
  async (tryCase) => {
    for (const packaging of ['zip', 'directory']) {
      await tryCase(packaging, async () => {
        const bundling = { packaging };
        const store = path.join(temporaryFolder(), 'store');
        const scenes = Array.from({ length: 8 }, () => newScene({ store, bundling }));
        const ended = await all(scenes);
        assert.equal(
          ended.map(({ code }) => code),
          Array(8).fill(0),
          ended.map(({ stderr }) => stderr).join('\n'),
        );
        const bundles = await fresh({ bundling });
        for (const scene of scenes) {
          assert.equal(bundlesIn(scene.output), bundles);
          assert.equal(leftOf(scene), []);
          await checkWhole(scene, bundles);
        }
        for (const kind of ['modules', 'bytecode']) {
          assert.is(fs.readdirSync(path.join(store, 'v4', kind)).length, 1, kind);
        }
      });
    }
  },
);

/** Two versions take turns on a store, and then run at once, four times each. */
const sharing = async (library: string, packaging: string): Promise<string> => {
  const store = path.join(temporaryFolder(), 'store');
  const options = { store, bundling: { packaging } };
  const [mine, theirs] = [newScene(options), newScene({ ...options, library })];
  const numbers: number[] = [];
  for (const number of [1, 2]) {
    numbers.push(number);
    [mine, theirs].forEach((scene) => edit(scene, number));
    const bundles = await fresh({ bundling: { packaging } }, ...numbers);
    for (const scene of [mine, theirs]) {
      fs.rmSync(scene.output, { recursive: true, force: true });
      assert.equal(await synthesized(scene), bundles);
    }
  }
  const scenes = [1, 2, 3, 4].flatMap(() => [newScene(options), newScene({ ...options, library })]);
  const ended = await all(scenes);
  const bundles = await fresh({ bundling: { packaging } });
  for (const [index, scene] of scenes.entries()) {
    const one = ended[index];
    if (one !== undefined && one.code !== 0) checkSaid(one, CHANGED);
    await checkNext(scene, startApp, bundles);
  }
  return store;
};

const CHANGED = /were removed from .+, or written to, while its bundle was made\. Synthesize again\./;

row(
  'two versions of the library share a store',
  'neither takes what it does not know; all make the same bundles',
  async (tryCase) => {
    for (const packaging of ['zip', 'directory']) {
      await tryCase(`one has another layout, ${packaging}`, async () => {
        const store = await sharing(otherLayout(), packaging);
        const layouts = fs.readdirSync(store).filter((name) => /^v\d/.test(name));
        assert.equal(layouts.sort(), ['v4', 'v5']);
      });
      await tryCase(`one writes other entries, ${packaging}`, async () => {
        await sharing(otherFormat(), packaging);
      });
      await tryCase(`they differ in nothing of that, ${packaging}: the second installs nothing`, async () => {
        const store = path.join(temporaryFolder(), 'store');
        const bundling = { packaging };
        const bundles = await synthesized(newScene({ store, bundling }));
        const modules = path.join(store, 'v4/modules');
        const entries = (): readonly (string | number)[] =>
          fs.readdirSync(modules).flatMap((key) => [key, fs.statSync(path.join(modules, key)).ino]);
        const before = entries();
        const second = newScene({ store, bundling, library: newerLibrary() });
        assert.equal(await synthesized(second), bundles);
        assert.equal(entries(), before);
      });
    }
  },
);

/** Has all entries of a store look as if nobody had used them for a day. */
const age = (store: string): void => {
  const yesterday = Date.now() / 1000 - 24 * 60 * 60;
  for (const kind of ['modules', 'bytecode', 'bundles', 'pyc']) {
    const folder = path.join(store, 'v4', kind);
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
      try {
        fs.utimesSync(path.join(folder, name), yesterday, yesterday);
      } catch {
        // It was pruned.
      }
    }
  }
};

row(
  'the store is pruned to nothing while apps are synthesized',
  'a whole bundle, or none and why; the next run makes it',
  async (tryCase) => {
    for (const packaging of ['zip', 'directory']) {
      await tryCase(`what was not used for a day, ${packaging}`, async () => {
        const scene = newScene({ bundling: { packaging } });
        await synthesized(scene);
        edit(scene, 1);
        age(scene.store);
        const pruning = [1, 2, 3].map(() => startCache(scene, 'prune', '--max-size', '0').ended);
        const bundles = await fresh({ bundling: { packaging } }, 1);
        fs.rmSync(scene.output, { recursive: true });
        const ended = await startApp(scene).ended;
        if (ended.code !== 0) checkSaid(ended, CHANGED);
        for (const { code, stderr } of await Promise.all(pruning)) assert.is(code, 0, stderr);
        await checkWhole(scene, bundles);
        await checkNext(scene, startApp, bundles);
      });
      await tryCase(`all the time, by a machine whose clock is an hour ahead, ${packaging}`, async () => {
        const store = path.join(temporaryFolder(), 'store');
        // Byte code that is gone before it could be taken is left out of a bundle that may go without.
        const options = { bundling: { packaging, bytecode: 'off' } };
        const scenes = [1, 2, 3, 4].map(() => newScene({ ...options, store }));
        const bundles = await fresh(options);
        let isOver = false;
        const running = all(scenes).finally(() => (isOver = true));
        while (!isOver) {
          prune(folderStore(store), { maxSize: 0 }, Date.now() + 60 * 60 * 1000);
          await sleep(5);
        }
        for (const ended of await running) if (ended.code !== 0) checkSaid(ended, CHANGED);
        for (const scene of scenes) {
          await checkWhole(scene, bundles);
          await checkNext(scene, startApp, bundles);
        }
      });
    }
  },
);

/** Has every process of a scene that is Node's read another time. */
const withClock = (now: string): SceneOptions => {
  const file = path.join(temporaryFolder(), 'clock.cjs');
  fs.writeFileSync(file, `const real = Date.now; let calls = 0; Date.now = () => ${now};\n`);
  return { environment: { NODE_OPTIONS: `--require ${file}` } };
};

const YEARS = '10 * 365 * 24 * 60 * 60 * 1000';

const CLOCKS: Readonly<Record<string, string>> = {
  'is ten years ahead': `real() + ${YEARS}`,
  'says 1970': 'real() % 1000',
  'is put back by an hour': 'real() - 60 * 60 * 1000',
  'jumps with each look at it': `real() + ${YEARS} * (calls++ % 3 - 1)`,
};

row(
  'the clock of some runs is wrong',
  'bundles are the same; what a later time was written on can be pruned',
  async (tryCase) => {
    for (const [name, now] of Object.entries(CLOCKS)) {
      await tryCase(`it ${name}`, async () => {
        const tree = { 'large.txt': 'x'.repeat(70_000) };
        const right = newScene({ tree });
        const wrong = { ...right, environment: { ...right.environment, ...withClock(now).environment } };
        const numbers: number[] = [];
        for (const scene of [wrong, right, wrong, right]) {
          numbers.push(numbers.length);
          edit(scene, numbers.length - 1);
          fs.rmSync(scene.output, { recursive: true, force: true });
          assert.equal(await synthesized(scene), await fresh({ tree }, ...numbers));
        }
        await synthesized({ ...wrong, output: path.join(wrong.folder, 'again') });
        age(right.store);
        if (name === 'is ten years ahead') {
          const later = Date.now() / 1000 + 10 * 365 * 24 * 60 * 60;
          for (const entry of fs.readdirSync(path.join(right.store, 'v4/bundles'))) {
            fs.utimesSync(path.join(right.store, 'v4/bundles', entry), later, later);
          }
        }
        const pruned = await startCache(right, 'prune', '--max-size', '0').ended;
        assert.is(pruned.code, 0, pruned.stderr);
        assert.equal(filesOf(right.store, 'bundles'), []);
        await checkNext(right, startApp, await fresh({ tree }, ...numbers));
      });
    }
  },
);

row(
  'a file is of 1970 or of 2099, and is edited in place without a new time',
  'the bundle has what is in it',
  async (tryCase) => {
    for (const year of [1970, 2099]) {
      for (const packaging of ['zip', 'directory']) {
        await tryCase(`${year}, ${packaging}`, async () => {
          const options = { bundling: { packaging }, tree: { 'large.txt': 'x'.repeat(70_000) } };
          const scene = newScene(options);
          const file = path.join(path.dirname(scene.entry), 'large.txt');
          const time = Date.UTC(year, 5) / 1000;
          fs.utimesSync(file, time, time);
          assert.equal(await synthesized(scene), await fresh(options));
          fs.writeFileSync(file, 'y'.repeat(70_000));
          fs.utimesSync(file, time, time);
          fs.rmSync(scene.output, { recursive: true });
          const changed = { ...options, tree: { 'large.txt': 'y'.repeat(70_000) } };
          await checkNext(scene, startApp, await fresh(changed));
        });
      }
    }
  },
);

run();
