import type { Packaging } from '../../plan/request/bundle-request';
import type { Part } from './part';
import { hasTree, hasZip } from './part';
import type { PartKind, Store } from './store';

/** The parts that one batch has found or made: each is read and checked once, for all its bundles. */
export interface PartShelf {
  /** A part that can go into bundles of this packaging; undefined if it is still to be made, or was written to. */
  readonly find: (kind: PartKind, key: string, packaging: Packaging) => Part | undefined;
  /** A part's list of files, even if the files cannot go into a bundle. */
  readonly list: (kind: PartKind, key: string) => Part | undefined;
  /** The keys of a plan's parts. */
  readonly keysOf: Store['keysOf'];
  /** Forgets what is known of a key, because something was made. */
  readonly refresh: (key: string) => void;
}

export const partShelf = (store: Store): PartShelf => {
  const known = new Map<string, Part | undefined>();
  return {
    keysOf: store.keysOf,
    find: (kind, key, packaging) => {
      const name = `${kind} ${key} ${packaging}`;
      if (!known.has(name)) {
        const part = store.part(kind, key);
        const isUsable = part !== undefined && (packaging === 'zip' ? hasZip(part) : hasTree(part));
        known.set(name, isUsable ? part : undefined);
      }
      return known.get(name);
    },
    list: (kind, key) => {
      const name = `${kind} ${key}`;
      if (!known.has(name)) known.set(name, store.part(kind, key));
      return known.get(name);
    },
    refresh: (key) => {
      for (const name of known.keys()) if (name.split(' ')[1] === key) known.delete(name);
    },
  };
};
