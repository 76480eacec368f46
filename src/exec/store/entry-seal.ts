import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import { closed, Digest, Natural } from '../../plan/values/codecs';
import { sha256 } from '../../plan/values/hash';
import type { SealedName } from './sealed-file';
import { readSealed, sealedContent } from './sealed-file';

/** The sealed facts about an entry that is a folder; its files are checked against them. */
interface EntrySeal {
  /** SHA-256 of the record (`part.json` or `manifest.json`), which has the digests of the files. */
  readonly digest: string;
  /** Bytes of the record. */
  readonly size: number;
  /** Bytes of the zip; null without one. */
  readonly zip: number | null;
}

const EntrySeal: t.Type<EntrySeal> = closed(
  { digest: Digest, size: Natural, zip: t.union([Natural, t.null]) },
  'EntrySeal',
);

/** The file with the seal of an entry. */
const sealFile = (entry: string): string => path.join(entry, 'seal');

/** Seals a finished entry, before a rename puts it into the store. */
export const sealEntry = (name: SealedName, entry: string, record: string, zip: string | null): void => {
  const content = fs.readFileSync(record);
  const facts: EntrySeal = {
    digest: sha256(content),
    size: content.length,
    zip: zip === null ? null : fs.statSync(zip).size,
  };
  fs.writeFileSync(sealFile(entry), sealedContent(name, Buffer.from(JSON.stringify(facts))));
};

/** The sealed facts about an entry; undefined without a seal of this store, kind and key. */
export const readEntrySeal = (name: SealedName, entry: string): EntrySeal | undefined => {
  const content = readSealed(name, sealFile(entry));
  if (content === undefined) return undefined;
  const facts: unknown = JSON.parse(content.toString());
  return EntrySeal.is(facts) ? facts : undefined;
};
