import { showSize } from '../exec/store/amounts';
import { cacheBound } from '../exec/store/cache-bound';
import type { CacheEntry, StoreFolders } from '../exec/store/cache-entries';
import { bytesOf, listEntries } from '../exec/store/cache-entries';
import { reasonOf } from '../exec/files/file-kind';
import type { Limits } from '../exec/store/least-used';
import { plainProgress } from '../exec/process/progress';
import { prune } from '../exec/store/prune';
import { folderStore, storeFolder } from '../exec/store/store';
import { removeAbandonedLocks } from '../exec/store/store-lock';
import { removeAbandoned } from '../exec/files/temporary';
import { verify } from '../exec/verify/verify-store';
import { cacheInfo, renderCacheInfo } from './cache-info';
import { fail } from './fail';

/** The folder and size limit of the store, from the environment. */
const theStore = (): { readonly root: string; readonly store: StoreFolders; readonly bound: number } => {
  const { env: environment, platform } = process;
  const root = storeFolder(environment, platform);
  const { bytes, complaint } = cacheBound(environment);
  if (complaint !== undefined) process.stderr.write(`warning: ${complaint}\n`);
  return { root, store: folderStore(root), bound: bytes };
};

const note = (line: string): void => void process.stderr.write(`note: ${line}\n`);

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const entryCount = (entries: number): string => counted(entries, 'entry', 'entries');

const failIfAny = (messages: readonly string[]): void => {
  if (messages.length > 0) fail(messages);
};

/** Runs a command over the store, with a line on standard error if it takes long. */
const over = async (root: string, title: string, work: () => Promise<void>): Promise<void> => {
  const progress = plainProgress((line) => process.stderr.write(line));
  progress.start(title, `${title} ${root}`);
  try {
    await work();
  } catch (error) {
    fail([`${root}: ${reasonOf(error)}`]);
  } finally {
    progress.close();
  }
};

/** Prints the content of the store. */
export const cacheInfoCommand = async (options: { readonly json?: true }): Promise<void> => {
  const { root, store, bound } = theStore();
  await over(root, 'reading', async () => {
    const info = cacheInfo(root, bound, listEntries(store));
    print(options.json ? JSON.stringify(info, null, 2) : renderCacheInfo(info));
    return Promise.resolve();
  });
};

const nameOf = ({ kind, key }: CacheEntry): string => `${kind}/${key}`;

const removedLine = (entry: CacheEntry): string => {
  const used = new Date(entry.lastUse).toISOString().slice(0, 10);
  const note = entry.isBroken ? 'broken' : `last used ${used}`;
  return `removed ${nameOf(entry)}, ${showSize(entry.bytes)}, ${note}`;
};

/** Removes the least recently used entries; without an option, those that exceed the size limit. */
export const cachePruneCommand = async (options: Limits): Promise<void> => {
  const { root, store, bound } = theStore();
  const { olderThan, maxSize } = options;
  const limits = olderThan === undefined && maxSize === undefined ? { maxSize: bound } : options;
  await over(root, 'pruning', async () => {
    removeAbandoned(store.temporaries);
    removeAbandonedLocks(store);
    const { removed, kept, failed } = prune(store, limits, Date.now());
    removed.forEach((entry) => print(removedLine(entry)));
    const left = `${entryCount(kept.length)} with ${showSize(bytesOf(kept))} left`;
    print(`freed ${showSize(bytesOf(removed))} of ${entryCount(removed.length)}; ${left}`);
    if (failed.length === 0 && bytesOf(kept) > (limits.maxSize ?? Number.POSITIVE_INFINITY)) {
      note('entries of the last ten minutes stay, because a run may be using them');
    }
    failIfAny(failed.map(({ entry, reason }) => `${nameOf(entry)} could not be removed: ${reason}`));
  });
};

/** Reads all entries, and reports and removes those whose content has changed. */
export const cacheVerifyCommand = async (): Promise<void> => {
  const { root, store } = theStore();
  await over(root, 'verifying', async () => {
    const { entries, files, bytes, broken } = await verify(store);
    print(`verified ${entryCount(entries)}: ${counted(files, 'file', 'files')}, ${showSize(bytes)}`);
    if (broken.length > 0)
      note('output folders may have links to these files, with the same bytes: remove them too');
    failIfAny(
      broken.map(({ entry, faults: [first, ...others], stays }) => {
        const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
        const end = stays === undefined ? 'removed' : `could not be removed: ${stays}`;
        return `${nameOf(entry)} is broken: ${first}${more}; ${end}`;
      }),
    );
  });
};
