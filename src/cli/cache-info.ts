import { showSize } from '../exec/store/amounts';
import type { CacheEntry } from '../exec/store/cache-entries';
import { bytesOf } from '../exec/store/cache-entries';

/** Numbers of the entries of one kind, or of all. */
interface Summary {
  readonly entries: number;
  readonly bytes: number;
  /** Entries that no run can use. */
  readonly broken: number;
  /** The least recent use of an entry, as ISO 8601; null without entries. */
  readonly oldestUse: string | null;
  readonly newestUse: string | null;
}

/** The output of `cache info`. */
interface CacheInfo {
  readonly folder: string;
  /** The size limit of the store, in bytes. */
  readonly bound: number;
  readonly total: Summary;
  readonly kinds: Readonly<Record<string, Summary>>;
}

const summaryOf = (entries: readonly CacheEntry[]): Summary => {
  const uses = entries.map(({ lastUse }) => lastUse).sort((a, b) => a - b);
  const time = (milliseconds: number | undefined): string | null =>
    milliseconds === undefined ? null : new Date(milliseconds).toISOString();
  return {
    entries: entries.length,
    bytes: bytesOf(entries),
    broken: entries.filter(({ isBroken }) => isBroken).length,
    oldestUse: time(uses[0]),
    newestUse: time(uses.at(-1)),
  };
};

export const cacheInfo = (folder: string, bound: number, entries: readonly CacheEntry[]): CacheInfo => {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  return {
    folder,
    bound,
    total: summaryOf(entries),
    kinds: Object.fromEntries(
      kinds.map((kind) => [kind, summaryOf(entries.filter((entry) => entry.kind === kind))]),
    ),
  };
};

/** The name of a kind in a sentence. */
const TITLES: Readonly<Record<string, string>> = {
  modules: 'installed modules',
  bytecode: 'their bytecode',
  bundles: 'finished bundles',
  pyc: 'bytecode of your modules',
  digests: 'digests of your files',
  downloads: "build containers' downloads",
  layout: 'of an older version',
};

const row = (name: string, { entries, bytes, broken, oldestUse, newestUse }: Summary): string => {
  const days = [oldestUse, newestUse].map((time) => time?.slice(0, 10) ?? '');
  const used = days[0] === days[1] ? days[0] : `${days[0]} to ${days[1]}`;
  const cells = [name.padEnd(29), String(entries).padStart(7), showSize(bytes).padStart(10), `  ${used}`];
  return `${cells.join('')}${broken > 0 ? `  (${broken} broken)` : ''}`.trimEnd();
};

/** The output for people. */
export const renderCacheInfo = ({ folder, bound, total, kinds }: CacheInfo): string =>
  [
    `${folder}, limited to ${showSize(bound)}`,
    '',
    `${''.padEnd(29)}${'entries'.padStart(7)}${'size'.padStart(10)}  last used`,
    ...Object.entries(kinds).map(([kind, summary]) => row(TITLES[kind] ?? kind, summary)),
    row('total', total),
    '',
    'Files that are linked into cdk.out share their disk space with it: it is free when both are removed.',
  ].join('\n');
