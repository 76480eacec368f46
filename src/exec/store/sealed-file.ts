import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { isSealed, seal } from './seal';

/** The identity of a sealed file, part of its seal, so that the file counts nowhere else. */
export interface SealedName {
  /** Absolute path of the store's folder (`storeFolder`), which holds the key of the seals. */
  readonly root: string;
  readonly kind: string;
  readonly key: string;
}

const LENGTH = 64;

/** Bytes before the content of a sealed file: the seal and a line break. */
export const SEAL_SIZE = LENGTH + 1;

const textOf = ({ kind, key }: SealedName, content: Uint8Array): string =>
  JSON.stringify([kind, key, sha256(content)]);

/** The bytes of a sealed file: the seal, then the content. */
export const sealedContent = (name: SealedName, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${seal(name.root, textOf(name, content))}\n`), content]);

/** The content of a sealed file; undefined if any byte differs from the sealed ones. */
const contentOfSealed = (name: SealedName, bytes: Buffer): Buffer | undefined => {
  const content = bytes.subarray(SEAL_SIZE);
  const isWhole = bytes.length >= SEAL_SIZE && bytes[LENGTH] === 0x0a;
  return isWhole && isSealed(name.root, textOf(name, content), bytes.toString('latin1', 0, LENGTH))
    ? content
    : undefined;
};

/** Opening a named pipe without `O_NONBLOCK` would wait for ever. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

/** Reads the content of a sealed file; undefined if it cannot be read or its seal is wrong. */
export const readSealed = (name: SealedName, file: string): Buffer | undefined => {
  try {
    const descriptor = fs.openSync(file, READ);
    try {
      return contentOfSealed(name, fs.readFileSync(descriptor));
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
};

/**
 * Replaces a sealed file as a whole: others may read and write it at the same time. If it cannot be written, nothing
 * happens.
 */
export const replaceSealed = (name: SealedName, file: string, text: string): void => {
  // Two threads share a process id.
  const temporary = `${file}.${process.pid}.${randomUUID()}`;
  try {
    const content = sealedContent(name, Buffer.from(text));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(temporary, content);
    fs.renameSync(temporary, file);
  } catch {
    try {
      fs.rmSync(temporary, { force: true });
    } catch {
      // A read-only folder has no temporary file either.
    }
  }
};
