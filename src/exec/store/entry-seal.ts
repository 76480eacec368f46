import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import { closed, Digest, Natural } from '../../plan/values/codecs';
import { sha256 } from '../../plan/values/hash';
import type { SealedName } from './sealed-file';
import { readSealed, sealedContent } from './sealed-file';

/** What is sealed of an entry that is a folder: all that its files are held against. */
interface EntrySeal {
  /** SHA-256 of the record (`part.json` or `manifest.json`), in which the files have theirs. */
  readonly digest: string;
  /** Bytes of the record. */
  readonly size: number;
  /** Bytes of the zip; null where there is none. */
  readonly zip: number | null;
}

const EntrySeal: t.Type<EntrySeal> = closed(
  { digest: Digest, size: Natural, zip: t.union([Natural, t.null]) },
  'EntrySeal',
);

/** The file in an entry that holds its seal. */
const sealFile = (entry: string): string => path.join(entry, 'seal');

/** Seals an entry that is finished, before it appears in its place. */
export const sealEntry = (name: SealedName, entry: string, record: string, zip: string | null): void => {
  const content = fs.readFileSync(record);
  const facts: EntrySeal = {
    digest: sha256(content),
    size: content.length,
    zip: zip === null ? null : fs.statSync(zip).size,
  };
  fs.writeFileSync(sealFile(entry), sealedContent(name, Buffer.from(JSON.stringify(facts))));
};

/** What an entry was sealed as; undefined where it has no seal, or that of another store, kind or key. */
export const readEntrySeal = (name: SealedName, entry: string): EntrySeal | undefined => {
  const content = readSealed(name, sealFile(entry));
  if (content === undefined) return undefined;
  const facts: unknown = JSON.parse(content.toString());
  return EntrySeal.is(facts) ? facts : undefined;
};
