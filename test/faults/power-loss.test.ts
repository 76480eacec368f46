import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { settleBundles } from '../../src/exec/batch/settle';
import { folderStore } from '../../src/exec/store/store';
import { verifyBundle } from '../../src/exec/verify/verify-bundle';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { planWith } from '../exec/support/plans';
import { HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { numbersFrom } from '../support/random-numbers';
import { reliabilityTable } from '../support/reliability-table';
import { listTree, temporaryFolder } from '../support/temporary';
import { isMounted } from './support/disk';
import { sleep } from './support/processes';
import { whyNoPoweredDisk, withPoweredDisk } from './support/powered-disk';

const test = suite('faults: power loss');
const { row, run } = reliabilityTable(test, 'faults: power loss');

const PACKAGINGS = ['zip', 'directory'] as const;
type Packaging = (typeof PACKAGINGS)[number];

/** A function with modules, byte code and a bill of materials. */
const planIn = (folder: string, packaging: Packaging): BundlePlan => {
  const plan = planWith(
    'six==1.17.0\nidna==3.10\n',
    { packaging, bytecode: 'auto' },
    { 'more.txt': HANDLER },
  );
  const name = path.basename(plan.output.path);
  return { ...plan, output: { ...plan.output, sbom: true, path: path.join(folder, 'cdk.out', name) } };
};

/** A synthesis: what is there stays, what the store has is taken, the rest is installed. */
const synthesize = async (folder: string, plan: BundlePlan): Promise<void> => {
  const environment = {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
  };
  const item = { plan, environment: {} };
  const places = { environment, platform: process.platform };
  if (settleBundles(folderStore(path.join(folder, 'store')), places, [item], () => undefined).has(item))
    return;
  const [report] = await execute([plan], environment);
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
};

/**
 * The bundle and what lies beside it, byte by byte. Work that was under way lies there until a later run removes it, which
 * here takes its process for one that lives: it is this one.
 */
const outputOf = (plan: BundlePlan): unknown =>
  listTree(path.dirname(plan.output.path)).filter((file) => !file.path.startsWith('.cdk-lambda-python/'));

/** What the next syntheses make of a store and an output folder: from what is left of both, and from the store alone. */
const checkNext = async (folder: string, plan: BundlePlan, expected: unknown): Promise<void> => {
  await synthesize(folder, plan);
  assert.equal(outputOf(plan), expected, 'what is in the output folder is kept only where it is whole');
  fs.rmSync(path.join(folder, 'cdk.out'), { recursive: true });
  await synthesize(folder, plan);
  assert.equal(outputOf(plan), expected, 'what is in the store is served only where it is whole');
};

/** Files that runs have made; the key is flushed before anything is sealed with it. */
const filesBelow = (folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/seal\.key$|\/(downloads|tmp|locks)\//.test(file))
    .sort();

/** Makes a file shorter, or all zeros of the same length in its last part, and leaves its time as it was. */
const cut = (file: string, random: () => number): void => {
  const { atime, mtime, size } = fs.statSync(file);
  if (size === 0) return;
  fs.truncateSync(file, random() < 0.4 ? 0 : Math.floor(random() * size));
  fs.utimesSync(file, atime, mtime);
};

/** How many files of a hundred are cut. */
const SHARES = [100, 50, 20, 5, 2];

for (const packaging of PACKAGINGS) {
  row(
    `files in the store and in the output folder were cut at random lengths, their times as before, as ${packaging}`,
    'what is not whole is made again: the bundle, its manifest and its bill of materials are the same bytes',
    async (tryCase) => {
      const folder = temporaryFolder();
      const plan = planIn(folder, packaging);
      await synthesize(folder, plan);
      const expected = outputOf(plan);
      for (const [seed, share] of SHARES.entries()) {
        await tryCase(`${share} of 100`, async () => {
          const random = numbersFrom(seed + 1);
          for (const file of filesBelow(folder)) if (random() * 100 < share) cut(file, random);
          await checkNext(folder, plan, expected);
        });
      }
      for (const kind of ['modules', 'bytecode', 'bundles', 'pyc']) {
        const below = path.join(folderStore(path.join(folder, 'store')).folder, kind);
        if (!fs.existsSync(below)) continue;
        await tryCase(`all of ${kind}, emptied`, async () => {
          for (const file of filesBelow(below)) cut(file, () => 0);
          fs.rmSync(path.join(folder, 'cdk.out'), { recursive: true });
          await checkNext(folder, plan, expected);
        });
      }
      for (const name of fs.readdirSync(path.dirname(plan.output.path)).sort()) {
        await tryCase(`${name.replace(/[0-9a-f]{64}/, 'HASH')}, emptied`, async () => {
          const place = path.join(path.dirname(plan.output.path), name);
          const file = fs.statSync(place).isDirectory() ? path.join(place, 'index.py') : place;
          cut(file, () => 0);
          await checkNext(folder, plan, expected);
        });
      }
    },
  );
}

/** A zip that is there after the reboot is whole before any run has looked at it: somebody may deploy what is there. */
const checkVisible = async ({ output }: BundlePlan): Promise<void> => {
  if (!fs.existsSync(output.path)) return;
  const { faults, unreadable } = await verifyBundle(output.path);
  assert.equal([faults, unreadable], [[], null]);
};

/** Seconds between the end of a run and the power cut. The journal is written each second, data much later. */
const AFTERWARDS = [0, 1.3, 2.4];

const images = temporaryFolder();
const place = path.join(temporaryFolder(), 'disk');

for (const packaging of PACKAGINGS) {
  row(
    `the power is cut during a run or after it, on ext4, as ${packaging}`,
    'after the reboot the next synthesis makes the same bytes, whatever has reached the disk',
    async (tryCase) => {
      const why = await whyNoPoweredDisk(images, place);
      // Elsewhere files that are cut at random stand for it.
      if (why !== undefined)
        console.log(`no disk whose power can be cut (${why}): only random cuts are tried`);
      const onDisk = async (moment: (run: Promise<void>) => Promise<void>): Promise<void> => {
        if (why !== undefined) return;
        const plan = planIn(place, packaging);
        await withPoweredDisk(images, place, async ({ snapshot, reboot }) => {
          const running = synthesize(place, plan);
          await moment(running);
          const copy = await snapshot();
          await running;
          const expected = outputOf(plan);
          reboot(copy);
          if (packaging === 'zip') await checkVisible(plan);
          await checkNext(place, plan, expected);
        });
        assert.not(isMounted(place));
      };
      for (const seconds of AFTERWARDS) {
        await tryCase(`${seconds} s after a run`, () =>
          onDisk(async (running) => {
            await running;
            await sleep(seconds * 1000);
          }),
        );
      }
      for (const milliseconds of [150, 400]) {
        await tryCase(`${milliseconds} ms after the beginning of a run`, () =>
          onDisk(() => sleep(milliseconds)),
        );
      }
    },
  );
}

run();
