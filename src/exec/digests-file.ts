import * as fs from 'node:fs';
import * as path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Digest } from '../plan/codecs';
import type { SealedName } from './sealed-file';
import { readSealed, sealedContent } from './sealed-file';

/** A file's digest, and the state (`stateOf`) that the file was in. */
export interface KeptDigest {
  readonly state: string;
  readonly digest: string;
}

/** By the file's path in its root, with `/`. */
type KeptDigests = ReadonlyMap<string, KeptDigest>;

const VERSION = 1;

const isKeptDigest = (value: unknown): value is KeptDigest => {
  const { state, digest } = (value ?? {}) as Partial<Record<keyof KeptDigest, unknown>>;
  return typeof state === 'string' && Digest.is(digest);
};

/**
 * What was kept in a file; nothing where that cannot be read, or has no seal of the store: a digest that another has written
 * would have a file taken for one of other content.
 */
export const readDigestsFile = (name: SealedName, file: string, root: string): KeptDigests => {
  try {
    const content = readSealed(name, file);
    if (content === undefined) return new Map();
    const json = JSON.parse(content.toString()) as Record<string, unknown>;
    if (json['version'] !== VERSION || json['root'] !== root) return new Map();
    const files = Object.entries(json['files'] as Record<string, unknown>);
    return new Map(files.filter((entry): entry is [string, KeptDigest] => isKeptDigest(entry[1])));
  } catch {
    return new Map();
  }
};

/**
 * Replaces a file as a whole: others may read and write it at the same time. Where it cannot be written, it is not.
 */
export const writeDigestsFile = (
  name: SealedName,
  file: string,
  root: string,
  digests: KeptDigests,
): void => {
  // Two threads of one process may share its number.
  const temporary = `${file}.${process.pid}.${randomUUID()}`;
  try {
    const text = JSON.stringify({ version: VERSION, root, files: Object.fromEntries(digests) });
    const content = sealedContent(name, Buffer.from(text));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch {
    try {
      fs.rmSync(temporary, { force: true });
    } catch {
      // A read-only folder holds no temporary either.
    }
  }
};
