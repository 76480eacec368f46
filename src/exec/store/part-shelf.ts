import type { Packaging } from '../../plan/request/bundle-request';
import type { Part } from './part';
import { hasTree, hasZip } from './part';
import type { PartKind, Store } from './store';

/** The parts that one batch has found or made: each is read and looked over once, however many bundles it goes into. */
export interface PartShelf {
  /** A part that can go into a bundle of a form; undefined where it is still to be made, or was written to since. */
  readonly find: (kind: PartKind, key: string, packaging: Packaging) => Part | undefined;
  /** What a part has in it, whatever can be done with it. */
  readonly list: (kind: PartKind, key: string) => Part | undefined;
  /** The keys of a plan's parts. */
  readonly keysOf: Store['keysOf'];
  /** Something was made, so that what was not there may be now. */
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
