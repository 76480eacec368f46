import { Digest } from '../../plan/values/codecs';
import type { SealedName } from './sealed-file';
import { readSealed, replaceSealed } from './sealed-file';

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

/** Replaces what was kept; see `replaceSealed`. */
export const writeDigestsFile = (name: SealedName, file: string, root: string, digests: KeptDigests): void =>
  replaceSealed(name, file, JSON.stringify({ version: VERSION, root, files: Object.fromEntries(digests) }));
