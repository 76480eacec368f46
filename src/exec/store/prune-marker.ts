import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import { isRight } from 'fp-ts/Either';
import { closed } from '../../plan/values/codecs';
import type { CacheEntry, KnownSizes, StoreFolders } from './cache-entries';
import { look } from '../files/stamp';
import { readTextBytes } from '../files/read-text';

/** The shortest time between two prunings, in milliseconds. */
const PAUSE = 60 * 60 * 1000;

/** This file's time is that of the last pruning; its content is the sizes that were measured then. */
const markerOf = ({ folder }: StoreFolders): string => path.join(folder, 'pruned.json');

/** Whether pruning is due. A clock that was set back must not delay it for longer. */
export const isDue = (store: StoreFolders, now: number): boolean => {
  const last = look(markerOf(store))?.mtimeMs;
  return last === undefined || Math.abs(now - last) >= PAUSE;
};

/** Marks pruning as begun, so that another run does not begin it as well. */
export const markBegun = (store: StoreFolders, now: number): void => {
  const marker = markerOf(store);
  fs.closeSync(fs.openSync(marker, 'a'));
  fs.utimesSync(marker, now / 1000, now / 1000);
};

/** Makes the next run go on with pruning. */
export const markUnfinished = (store: StoreFolders): void => {
  fs.utimesSync(markerOf(store), 0, 0);
};

const Sizes: t.Type<KnownSizes> = t.record(
  t.string,
  closed({ bytes: t.number, lastUse: t.number }, 'Size'),
  'Sizes',
);

export const knownSizes = (store: StoreFolders): KnownSizes => {
  try {
    const sizes = Sizes.decode(JSON.parse(readTextBytes(markerOf(store)).toString()));
    return isRight(sizes) ? sizes.right : {};
  } catch {
    return {};
  }
};

/** Keeps the sizes that took a walk to measure. */
export const rememberSizes = (store: StoreFolders, entries: readonly CacheEntry[], now: number): void => {
  const walked = entries.filter(({ kind }) => kind === 'downloads' || kind === 'layout');
  const sizes = walked.map(({ path: file, bytes, lastUse }) => [file, { bytes, lastUse }] as const);
  fs.writeFileSync(markerOf(store), JSON.stringify(Object.fromEntries(sizes)));
  markBegun(store, now);
};
