import * as fs from 'node:fs';
import * as path from 'node:path';
import { reasonOf } from '../files/file-kind';
import type { Part, PartRecord } from '../store/part';
import { hasZip, installersOf, readPart, recordOf, writePartRecord, zipOf } from '../store/part';
import { stamp } from '../files/stamp';
import type { PartKind, Store } from '../store/store';
import { LAYOUT } from '../store/store-layout';
import { unpackPartZip } from '../zip/unpack-part-zip';
import type { RemoteStore } from '../shared-store/object-store';

const keysOf = (kind: PartKind, key: string) => ({
  record: `${LAYOUT}/${kind}/${key}.json`,
  zip: `${LAYOUT}/${kind}/${key}.zip`,
});

/** Called with a line on why the shared store could not be used, which costs only time. */
type Tell = (line: string) => void;

const unusable = (remote: RemoteStore, what: string, reason: string): string =>
  `the shared store ${remote.name} was left out, ${what}: ${reason}`;

/**
 * Copies a part from the shared store, and checks every file against the part's record. If the part or the shared store
 * has a fault, `tell` gets a line about it, and the answer is undefined.
 */
export const fetchPart = async (
  remote: RemoteStore,
  store: Store,
  kind: PartKind,
  key: string,
  tell: Tell,
): Promise<Part | undefined> => {
  const keys = keysOf(kind, key);
  try {
    return await store.temporary(async (temporary) => {
      const folder = path.join(temporary, 'part');
      fs.mkdirSync(folder);
      if (!(await remote.get(keys.record, recordOf({ folder })))) return undefined;
      stamp(recordOf({ folder }));
      const record = readPart(folder);
      if (record?.zip === undefined || record.zip === null) {
        tell(unusable(remote, keys.record, 'is no record of a part'));
        return undefined;
      }
      if (!(await remote.get(keys.zip, zipOf(record)))) {
        tell(unusable(remote, keys.zip, 'is not there, but its record is'));
        return undefined;
      }
      const fault = unpackPartZip(record);
      if (fault !== undefined) {
        tell(unusable(remote, keys.zip, fault));
        return undefined;
      }
      stamp(zipOf(record));
      const made: PartRecord = { files: record.files, zip: record.zip, own: true, ...installersOf(record) };
      writePartRecord(folder, made);
      return store.addPart(kind, key, { ...made, folder });
    });
  } catch (error) {
    tell(unusable(remote, `reading ${keys.record}`, reasonFrom(error)));
    return undefined;
  }
};

/** Copies a part into the shared store, its record last: if there is a record, all of the part is there. */
export const offerPart = async (
  remote: RemoteStore,
  kind: PartKind,
  key: string,
  part: Part,
  tell: Tell,
): Promise<void> => {
  if (!hasZip(part)) return;
  const keys = keysOf(kind, key);
  try {
    await remote.put(keys.zip, zipOf(part));
    await remote.put(keys.record, recordOf(part));
  } catch (error) {
    tell(unusable(remote, `writing ${keys.zip}`, reasonFrom(error)));
  }
};

const reasonFrom = (error: unknown): string => {
  const { name, message } = error as Error;
  return /^E[A-Z]/.test((error as NodeJS.ErrnoException).code ?? '')
    ? reasonOf(error)
    : [...new Set([name, message])].filter((part) => part !== '' && part !== 'Error').join(': ');
};
