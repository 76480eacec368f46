import type { Packaging } from '../../plan/request/bundle-request';
import type { InstallWorld, ModulesWanted } from '../parts/install-modules';
import { remakePart } from '../parts/remake-part';
import { fetchPart, offerPart } from '../parts/shared-part';
import type { Part } from '../store/part';
import type { PartShelf } from '../store/part-shelf';
import type { PartKind } from '../store/store';

/** The places that may have a part: the store of this machine, and the store that machines share. */
export interface PartSources {
  /** Whether the store has a part in all wanted forms. */
  readonly isReady: (kind: PartKind, key: string) => boolean;
  /** The part of the store, in all wanted forms; undefined if the store lacks it. */
  readonly fromStore: (kind: PartKind, key: string) => Promise<Part | undefined>;
  /** Copies a part from the shared store into the store. */
  readonly fromShared: (kind: PartKind, key: string) => Promise<Part | undefined>;
  /** Copies a part of the store into the shared store. */
  readonly offer: (kind: PartKind, key: string) => Promise<void>;
}

const packagings = (forms: ModulesWanted['forms']): readonly Packaging[] => [
  ...(forms.zip ? (['zip'] as const) : []),
  ...(forms.tree ? (['directory'] as const) : []),
];

/** @param note called with each line of advice */
export const partSources = (
  { store, remote }: InstallWorld,
  shelf: PartShelf,
  forms: ModulesWanted['forms'],
  note: (line: string) => void,
): PartSources => {
  const fromStore: PartSources['fromStore'] = async (kind, key) => {
    const part = store.part(kind, key);
    const made = part && (await remakePart(store, kind, key, part, forms));
    shelf.refresh(key);
    return made;
  };
  return {
    isReady: (kind, key) =>
      packagings(forms).every((packaging) => shelf.find(kind, key, packaging) !== undefined),
    fromStore,
    fromShared: async (kind, key) => {
      const part = remote && (await fetchPart(remote, store, kind, key, note));
      if (part === undefined) return undefined;
      if (kind === 'modules') note(`taken from the shared store ${remote?.name ?? ''}`);
      return fromStore(kind, key);
    },
    offer: async (kind, key) => {
      const part = remote && store.part(kind, key);
      if (remote && part) await offerPart(remote, kind, key, part, note);
    },
  };
};
