import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';
import { checkNext, checkSaid, checkWhole, leftOf } from './support/afterwards';
import { DAMAGES, DISASTERS, FILES, flipSilently, toAll } from './support/damage';
import type { Disk } from './support/disk';
import { diskSkipReason, isMounted, withDisk } from './support/disk';
import type { Warm } from './support/in-the-middle';
import { inTheMiddle, warm } from './support/in-the-middle';
import type { Started } from './support/processes';
import { sleep, startApp, startCache, startCommand, TEN_POINTS } from './support/processes';
import type { Scene, SceneOptions } from './support/scene';
import { bundlesIn, newScene } from './support/scene';
import { undisturbed } from './support/undisturbed';

const { row, run } = reliabilityTable(suite('faults: disk'), 'faults: disk');

const noDisk = diskSkipReason(temporaryFolder());
if (noDisk !== undefined) console.log(`SKIPPED: ${noDisk}`);

type Start = (scene: Scene) => Started;

/** Does something on a disk of its own below a scene, which is mounted no more afterwards. */
const onDisk = async (place: string, use: (disk: Disk) => Promise<void>): Promise<void> => {
  if (noDisk !== undefined) return;
  await withDisk(place, use);
  assert.not(isMounted(place));
};

const NO_SPACE =
  /No space is left on the disk of .+\. Free some, or set CDK_LAMBDA_PYTHON_CACHE to a folder on another disk\./;

/** Byte code is what a full disk may leave out without a word. */
const PLAIN: SceneOptions = { bundling: { bytecode: 'off' } };

const asFolder: Start = (scene) =>
  startCommand(scene, '--bytecode', 'off', '--out', path.join(scene.output, 'asset.folder'));
const asZip: Start = (scene) => startCommand(scene, '--bytecode', 'off');

/** A run with so little room, and the next with enough. */
const onFullDisk = async (
  place: (scene: Scene) => string,
  free: number,
  start: Start,
  bundles: Readonly<Record<string, unknown>>,
): Promise<boolean> => {
  let wasFull = false;
  const scene = newScene(PLAIN);
  await onDisk(place(scene), async (disk) => {
    disk.fill(free);
    const ended = await start(scene).ended;
    wasFull = ended.code !== 0;
    if (wasFull) checkSaid(ended, NO_SPACE);
    disk.empty();
    await checkWhole(scene, bundles);
    if (wasFull) assert.equal(bundlesIn(scene.output), {});
    assert.equal(leftOf(scene), []);
    await checkNext(scene, start, bundles);
  });
  return wasFull;
};

/** What a run makes of a scene that nothing happens to. */
const madeBy = async (start: Start): Promise<Readonly<Record<string, unknown>>> => {
  const scene = newScene(PLAIN);
  const ended = await start(scene).ended;
  assert.is(ended.code, 0, ended.stderr);
  return bundlesIn(scene.output);
};

const KB = 1024;

/** From nothing at all to enough; what is installed, zipped and put together needs 700 kB. */
const ROOM = [0, 40, 80, 120, 200, 280, 360, 440, 520, 600].map((kilobytes) => kilobytes * KB);

row(
  'no space is left for the store, while requirements are installed, zipped or put together',
  'it says so; no bundle, nothing left; with space the next run makes it',
  async (tryCase) => {
    const bundles = await madeBy(asZip);
    for (const free of ROOM) {
      await tryCase(`${free / KB} kB`, async () => {
        await onFullDisk(({ store }) => store, free, asZip, bundles);
      });
    }
  },
);

for (const [what, start] of [
  ['as a folder of links or copies', asFolder],
  ['as a zip', asZip],
] as const) {
  row(
    `no space is left for the output, ${what}`,
    'it says so; no bundle, nothing left; with space the next run makes it',
    async (tryCase) => {
      const bundles = await madeBy(start);
      for (const free of ROOM.slice(0, 5)) {
        await tryCase(`${free / KB} kB`, async () => {
          await onFullDisk(({ output }) => output, free, start, bundles);
        });
      }
    },
  );
}

row(
  'the store cannot be written to',
  'what is in it is served; what is not is told, and made once it can',
  async (tryCase) => {
    const { bundles } = await undisturbed();
    await tryCase('a cold store', async () => {
      const scene = newScene();
      await onDisk(scene.store, async (disk) => {
        disk.readOnly(true);
        for (let times = 0; times < 2; times += 1) {
          checkSaid(
            await startApp(scene).ended,
            /Cannot write .+: the file system is read-only\. Make the folder writable, or set CDK_LAMBDA_PYTHON_CACHE to one that is\./,
          );
          assert.equal([bundlesIn(scene.output), leftOf(scene)], [{}, []]);
        }
        disk.readOnly(false);
        await checkNext(scene, startApp, bundles);
      });
    });
    await tryCase('a finished bundle is in it', async () => {
      const scene = newScene();
      await onDisk(scene.store, async (disk) => {
        await checkNext(scene, startApp, bundles);
        disk.readOnly(true);
        fs.rmSync(scene.output, { recursive: true });
        await checkNext(scene, startApp, bundles);
      });
    });
    await tryCase('its modules are in it, and the handler was edited', async () => {
      const scene = newScene();
      await onDisk(scene.store, async (disk) => {
        await checkNext(scene, startApp, bundles);
        disk.readOnly(true);
        fs.appendFileSync(scene.entry, '# edited\n');
        checkSaid(await startApp(scene).ended, /Cannot write .+: the file system is read-only\./);
        assert.equal([bundlesIn(scene.output), leftOf(scene)], [bundles, []]);
        disk.readOnly(false);
        assert.is((await startApp(scene).ended).code, 0);
      });
    });
  },
);

row(
  'the output cannot be written to',
  'it says so; the next run that can makes the bundle',
  async (tryCase) => {
    for (const [name, start] of [
      ['of an app', startApp],
      ['of the command line', (scene: Scene) => startCommand(scene)],
    ] as const) {
      await tryCase(name, async () => {
        const scene = newScene();
        await onDisk(scene.output, async (disk) => {
          disk.readOnly(true);
          const ended = await start(scene).ended;
          checkSaid(ended, /Cannot write .+: the file system is read-only\./);
          assert.equal(leftOf(scene), []);
          disk.readOnly(false);
          assert.is((await start(scene).ended).code, 0);
          assert.equal(leftOf(scene), []);
        });
      });
    }
  },
);

let warmed: Promise<readonly Warm[]> | undefined;

for (const [disaster, happen] of Object.entries(DISASTERS)) {
  row(
    `the store is ${disaster} in the middle of a run`,
    'a whole bundle, one that is seen to be written to, or none and why; the next run makes it',
    async (tryCase) => {
      const stores = await (warmed ??= Promise.all(['zip', 'directory'].map(warm)));
      for (const [index, point] of TEN_POINTS.entries()) {
        const chosen = stores[index % 2];
        await tryCase(`${Math.round(point * 100)} %, ${chosen?.packaging}`, async () => {
          if (chosen !== undefined) await inTheMiddle(chosen, point, happen);
        });
      }
    },
  );
}

row(
  'files of the store are truncated, removed, or changed in a bit, between two runs',
  'they are not served; the next run makes the same bundle',
  async (tryCase) => {
    for (const packaging of ['zip', 'directory']) {
      const scene = newScene({ bundling: { packaging }, tree: { 'large.txt': 'x'.repeat(70 * KB) } });
      await sleep(3100); // Digests of files that changed just now are not kept.
      assert.is((await startApp(scene).ended).code, 0);
      const bundles = bundlesIn(scene.output);
      for (const [what, files] of Object.entries(FILES)) {
        for (const [how, damage] of Object.entries(DAMAGES)) {
          await tryCase(`${packaging}: ${what}, ${how}`, async () => {
            fs.rmSync(scene.output, { recursive: true, force: true });
            // Else nothing but the finished zip is asked for.
            if (what !== 'finished zips')
              fs.rmSync(path.join(scene.store, 'v4/bundles'), { recursive: true, force: true });
            toAll(files(scene.store), damage);
            await checkNext(scene, startApp, bundles);
          });
        }
      }
    }
  },
);

row(
  'a bundle in the output is truncated, removed, or changed in a bit',
  'the next run makes it anew',
  async (tryCase) => {
    for (const packaging of ['zip', 'directory']) {
      const scene = newScene({ bundling: { packaging } });
      assert.is((await startApp(scene).ended).code, 0);
      const bundles = bundlesIn(scene.output);
      for (const [how, damage] of Object.entries(DAMAGES)) {
        await tryCase(`${packaging}, ${how}`, async () => {
          const [name = ''] = Object.keys(bundles);
          const place = path.join(scene.output, name);
          damage(packaging === 'zip' ? place : path.join(place, 'idna/core.py'));
          await checkNext(scene, startApp, bundles);
        });
      }
    }
  },
);

row(
  'a disk loses a bit of the store, which no time shows',
  '`cache verify` names it and takes it away; the next run makes it anew',
  async (tryCase) => {
    for (const what of ['zips of modules', 'modules as files', 'finished zips']) {
      await tryCase(what, async () => {
        const scene = newScene();
        assert.is((await startApp(scene).ended).code, 0);
        const bundles = bundlesIn(scene.output);
        fs.rmSync(scene.output, { recursive: true });
        const [file = ''] = FILES[what]?.(scene.store) ?? [];
        flipSilently(file);
        const verified = await startCache(scene, 'verify').ended;
        assert.is(verified.code, 1, verified.stdout);
        await checkNext(scene, startApp, bundles);
      });
    }
  },
);

run();
