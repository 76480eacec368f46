import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import { folderStore } from '../../../src/exec/store/store';
import { verify } from '../../../src/exec/verify/verify-store';
import type { Ended, Started } from './processes';
import { containersOf, processesOf, sleep } from './processes';
import type { Scene } from './scene';
import { bundlesIn } from './scene';

/** What a run may take to take everything away after it was told to end, in milliseconds. */
const LIMIT = 5000;

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** All that nothing is left of when nothing runs: processes, containers, mounts, and folders of temporaries with something in them. */
export const leftOf = (scene: Scene): readonly string[] => [
  ...processesOf(scene).map(({ pid, argv }) => `process ${pid}: ${argv.join(' ')}`),
  ...containersOf(scene).map((name) => `container ${name}`),
  ...readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(path.join(scene.folder, 'store/')))
    .map((line) => `mount ${line}`),
  ...temporariesOf(scene),
];

const temporariesOf = ({ store, output, temporaries }: Scene): readonly string[] => [
  ...namesIn(folderStore(store).temporaries).map((name) => `temporary of the store ${name}`),
  ...namesIn(output)
    .filter((name) => name.startsWith('.'))
    .map((name) => `beside the bundles: ${name}`),
  ...namesIn(temporaries).map((name) => `temporary ${name}`),
];

/**
 * Waits for what is left to go, and says what stays longer than a run may take.
 *
 * @param toldAt when it was told to end (`performance.now`)
 * @param isExcused what may stay, because whoever it belonged to was killed
 */
export const checkGone = async (
  look: () => readonly string[],
  toldAt: number,
  isExcused: (line: string) => boolean = () => false,
): Promise<void> => {
  for (;;) {
    const lookedAt = performance.now();
    const left = look().filter((line) => !isExcused(line));
    if (left.length === 0) return;
    if (lookedAt - toldAt > LIMIT) assert.equal(left, [], 'left after 5 s');
    await sleep(20);
  }
};

/** Waits until nothing of it runs any more, however long what was left alone takes to end by itself. */
export const checkEnds = async (scene: Scene): Promise<void> => {
  const running = (): readonly string[] => leftOf(scene).filter((line) => /^(process|container) /.test(line));
  for (const deadline = Date.now() + 60_000; running().length > 0; await sleep(20)) {
    if (Date.now() > deadline) assert.equal(running(), [], 'still running after a minute');
  }
};

/** What is there, whatever happened: a bundle is whole or not there, and so is each entry of the store. */
export const checkWhole = async (
  { output, store }: Scene,
  bundles: Readonly<Record<string, unknown>>,
): Promise<void> => {
  for (const [name, found] of Object.entries(bundlesIn(output))) assert.equal(found, bundles[name], name);
  const { broken } = await verify(folderStore(store));
  assert.equal(
    broken.map(({ entry, faults }) => [entry.path, faults]),
    [],
  );
};

/** The run after a fault makes the bundle, and nothing is left of either. */
export const checkNext = async (
  scene: Scene,
  next: (scene: Scene) => Started,
  bundles: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const ended = await next(scene).ended;
  assert.is(ended.code, 0, ended.stderr);
  assert.equal(bundlesIn(scene.output), bundles);
  assert.equal(leftOf(scene), []);
};

/** A run that failed says why, in words and without a stack trace. */
export const checkSaid = ({ code, stderr }: Ended, said: RegExp): void => {
  assert.is(code, 1, stderr);
  assert.match(stderr, said, stderr);
  assert.not.match(stderr, /a fault of its own|TypeError/, stderr);
};
