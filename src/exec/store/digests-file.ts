import { Digest } from '../../plan/values/codecs';
import type { SealedName } from './sealed-file';
import { readSealed, replaceSealed } from './sealed-file';

/** A file's digest, and the file's state (`stateOf`) at that time. */
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
 * The digests in a file; empty if it cannot be read or has no seal of the store: a forged digest would pass one file
 * off as another.
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

/** Replaces the digests in a file; see `replaceSealed`. */
export const writeDigestsFile = (name: SealedName, file: string, root: string, digests: KeptDigests): void =>
  replaceSealed(name, file, JSON.stringify({ version: VERSION, root, files: Object.fromEntries(digests) }));
