import * as fs from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import { isUntouched, look } from '../../../src/exec/files/stamp';
import { temporaryFolder } from '../../support/temporary';
import { checkNext, checkSaid } from './afterwards';
import { sleep, startApp } from './processes';
import { bundlesIn, newScene } from './scene';

/** A warm store, from which the bundle of an edited handler is to be made, and what that is. */
export const warm = async (packaging: string) => {
  const scene = newScene({ bundling: { packaging } });
  assert.is((await startApp(scene).ended).code, 0);
  const store = temporaryFolder();
  fs.cpSync(scene.store, store, { recursive: true, preserveTimestamps: true });
  fs.appendFileSync(scene.entry, '# edited\n');
  fs.rmSync(scene.output, { recursive: true });
  const app = startApp(scene);
  await app.prints('begun');
  const begun = performance.now();
  assert.is((await app.ended).code, 0);
  const length = performance.now() - begun;
  return { store, length, bundles: bundlesIn(scene.output), packaging };
};

export type Warm = Awaited<ReturnType<typeof warm>>;

/** Whether every file of a bundle says that nobody has written to it since it was finished. */
const seemsWhole = (place: string): boolean =>
  fs.statSync(place).isDirectory()
    ? fs.readdirSync(place).every((name) => seemsWhole(path.join(place, name)))
    : isUntouched(look(place));

/** A file of the store may be linked, not copied: what is written to it later is written to the bundle, and seen. */
export const inTheMiddle = async (
  { store, length, bundles, packaging }: Warm,
  point: number,
  happen: (store: string) => void,
): Promise<void> => {
  const scene = newScene({ bundling: { packaging } });
  fs.cpSync(store, scene.store, { recursive: true, preserveTimestamps: true });
  fs.appendFileSync(scene.entry, '# edited\n');
  const victim = startApp(scene);
  await victim.prints('begun');
  await sleep(length * point);
  happen(scene.store);
  const ended = await victim.ended;
  if (ended.code !== 0) checkSaid(ended, CLEAR);
  for (const [name, found] of Object.entries(bundlesIn(scene.output))) {
    if (seemsWhole(path.join(scene.output, name))) assert.equal(found, bundles[name], name);
  }
  await checkNext(scene, startApp, bundles);
};

const CLEAR =
  /were removed from .+, or written to, while its bundle was made\. Synthesize again\.|Cannot write|Installing the requirements failed/;
