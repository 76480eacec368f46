import type { Stats } from 'node:fs';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isMissing } from '../files/file-kind';
import { bytesOfPart } from './part';
import { readEntrySeal } from './entry-seal';
import { look } from '../files/stamp';
import type { Store } from './store';
import { bundleAt, sealedName } from './store';
import { LAYOUT } from './store-layout';

/** The folders of a store. An older layout is a sibling of `folder`. */
export type StoreFolders = Pick<Store, 'folder' | 'temporaries'>;

/** The kind of an entry: a folder of this layout, or a whole layout of an older version. */
export type EntryKind =
  'modules' | 'bytecode' | 'bundles' | 'pyc' | 'digests' | 'imports' | 'downloads' | 'layout';

/** An entry of the store, which is kept or removed as a whole. */
export interface CacheEntry {
  readonly kind: EntryKind;
  /** Its name within its kind. */
  readonly key: string;
  /** Absolute path of its file or folder. */
  readonly path: string;
  readonly bytes: number;
  /** The time of its last use, in milliseconds since 1970. */
  readonly lastUse: number;
  /** Whether no run can use it. */
  readonly isBroken: boolean;
}

/** Sizes of entries that take a walk to measure, by path; each holds as long as the last use is the same. */
export type KnownSizes = Readonly<Record<string, Pick<CacheEntry, 'bytes' | 'lastUse'>>>;

/** The bytes of an entry; undefined if it is broken, or has no seal of the store. */
type Weigh = (file: string, stats: Stats, store: string) => number | undefined;

const ofPart: Weigh = (folder, stats, store) => {
  const name = sealedName(store, path.basename(path.dirname(folder)), path.basename(folder));
  return stats.isDirectory() && readEntrySeal(name, folder) !== undefined ? bytesOfPart(folder) : undefined;
};

const ofBundle: Weigh = (folder, _, store) => {
  const stored = bundleAt(store, path.basename(folder));
  return stored && stored.zipSize + stored.manifestSize;
};

const ofFolder: Weigh = (folder, stats) => (stats.isDirectory() ? bytesBelow(folder) : undefined);

const ofJson: Weigh = (file, stats) => (stats.isFile() && file.endsWith('.json') ? stats.size : undefined);

/** The folder `interpreters` is missing here: its few small files are overwritten and do not grow in number. */
const WEIGH = {
  modules: ofPart,
  bytecode: ofPart,
  bundles: ofBundle,
  pyc: ofFolder,
  digests: ofJson,
  imports: ofJson,
} as const;

/** All entries of a store, in no order. */
export const listEntries = ({ folder }: StoreFolders, known: KnownSizes = {}): readonly CacheEntry[] => {
  const ofKind = ([kind, weigh]: readonly [EntryKind, Weigh]): readonly CacheEntry[] =>
    namesIn(path.join(folder, kind)).flatMap((key) =>
      entryAt(kind, key, path.join(folder, kind, key), (file, stats) => weigh(file, stats, folder)),
    );
  const walked = (kind: EntryKind, key: string, file: string): readonly CacheEntry[] =>
    entryAt(kind, key, file, () => {
      const measured = known[file];
      return measured !== undefined && measured.lastUse === lastUseOf(kind, file)
        ? measured.bytes
        : bytesBelow(file);
    });
  const root = path.dirname(folder);
  const downloads = path.join(folder, 'downloads');
  return [
    ...(Object.entries(WEIGH) as [EntryKind, Weigh][]).flatMap(ofKind),
    ...namesIn(downloads).flatMap((key) => walked('downloads', key, path.join(downloads, key))),
    ...namesIn(root)
      .filter(isOlderLayout)
      .flatMap((key) => walked('layout', key, path.join(root, key))),
  ];
};

/** Newer layouts are left to newer versions. */
const isOlderLayout = (name: string): boolean =>
  /^v\d+$/.test(name) && Number(name.slice(1)) < Number(LAYOUT.slice(1));

const entryAt = (
  kind: EntryKind,
  key: string,
  file: string,
  weigh: (file: string, stats: Stats) => number | undefined,
): readonly CacheEntry[] => {
  const stats = look(file);
  if (stats === undefined) return [];
  const bytes = weigh(file, stats);
  const lastUse = lastUseOf(kind, file) ?? stats.mtimeMs;
  return [
    { kind, key, path: file, bytes: bytes ?? bytesBelow(file), lastUse, isBroken: bytes === undefined },
  ];
};

/**
 * The time of an entry's last use; undefined if it is gone. Installers do not mark their caches as used, but an
 * addition changes the time of a folder directly below.
 */
export const lastUseOf = (kind: EntryKind, file: string): number | undefined => {
  const own = look(file);
  if (own === undefined || !own.isDirectory() || (kind !== 'downloads' && kind !== 'layout')) {
    return own?.mtimeMs;
  }
  return namesIn(file).reduce(
    (newest, name) => Math.max(newest, look(path.join(file, name))?.mtimeMs ?? 0),
    own.mtimeMs,
  );
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

/** The bytes of all files below a path, or of the file itself; unreadable entries count as zero. */
const bytesBelow = (file: string): number => {
  try {
    const stats = look(file);
    if (stats?.isDirectory() !== true) return stats?.size ?? 0;
    return fs.readdirSync(file).reduce((sum, name) => sum + bytesBelow(path.join(file, name)), 0);
  } catch {
    return 0;
  }
};

/** The total bytes of entries. */
export const bytesOf = (entries: readonly Pick<CacheEntry, 'bytes'>[]): number =>
  entries.reduce((sum, { bytes }) => sum + bytes, 0);
