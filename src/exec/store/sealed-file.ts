import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { isSealed, seal } from './seal';

/** What a sealed file is: its kind and its key among those of its kind, so that it counts nowhere else. */
export interface SealedName {
  /** Absolute path of the store's folder (`storeFolder`), which holds the key of the seals. */
  readonly root: string;
  readonly kind: string;
  readonly key: string;
}

const LENGTH = 64;

/** Bytes of a sealed file before its content: the seal, and the end of its line. */
export const SEAL_SIZE = LENGTH + 1;

const textOf = ({ kind, key }: SealedName, content: Uint8Array): string =>
  JSON.stringify([kind, key, sha256(content)]);

/** A small file of the store, the seal of its content before it. */
export const sealedContent = (name: SealedName, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${seal(name.root, textOf(name, content))}\n`), content]);

/** The content of a sealed file, every byte of it as it was sealed; undefined for anything else. */
const contentOfSealed = (name: SealedName, bytes: Buffer): Buffer | undefined => {
  const content = bytes.subarray(SEAL_SIZE);
  const isWhole = bytes.length >= SEAL_SIZE && bytes[LENGTH] === 0x0a;
  return isWhole && isSealed(name.root, textOf(name, content), bytes.toString('latin1', 0, LENGTH))
    ? content
    : undefined;
};

/** A named pipe would have whoever opens it wait for ever. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

/** The same of a file of the store. */
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
 * Replaces a sealed file as a whole: others may read and write it at the same time. Where it cannot be written, it is not.
 */
export const replaceSealed = (name: SealedName, file: string, text: string): void => {
  // Two threads of one process may share its number.
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
      // A read-only folder holds no temporary either.
    }
  }
};
