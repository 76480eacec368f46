import * as fs from 'node:fs';
import type { PlanError } from '../../plan/errors/plan-error';
import { isThere, unreadable } from './file-kind';
import type { Once } from './read-once';
import { withFile } from './open-file';

/** A file's text, or why it cannot be read. */
export type TextFile =
  | { readonly _tag: 'Text'; readonly text: string; readonly bytes: Uint8Array }
  | { readonly _tag: 'Problem'; readonly problem: PlanError };

/** The size limit for text files, in bytes: a lock of ten thousand packages has a tenth of it. */
const LARGEST_TEXT = 64 * 1024 * 1024;

/** The bytes of a text file, all in memory at once. */
export const readTextBytes = (file: string): Buffer =>
  withFile(file, (descriptor, { size }) => {
    if (size > LARGEST_TEXT) throw new Error(`it is larger than ${LARGEST_TEXT / 1024 / 1024} MB`);
    return fs.readFileSync(descriptor);
  });

/** Reads UTF-8, with or without a byte order mark; anything else is a problem that says where it begins. */
export const readText = (file: string): TextFile => {
  try {
    const bytes = readTextBytes(file);
    const text = decodeUtf8(bytes);
    return text === undefined
      ? { _tag: 'Problem', problem: { _tag: 'NotUtf8', path: file, ...describe(bytes) } }
      : { _tag: 'Text', text, bytes };
  } catch (error) {
    return { _tag: 'Problem', problem: unreadable(file, error) };
  }
};

/** Reads a file once for a whole app; undefined if there is no file. */
export const readTextOnce = (texts: Once<TextFile | undefined>, file: string): TextFile | undefined =>
  texts([file], () => (isThere(file) ? readText(file) : undefined));

/**
 * The text of a Python module, to find its imports. Python allows other encodings than UTF-8 (PEP 263), but its
 * keywords are ASCII in all of them.
 */
export const moduleText = (texts: Once<TextFile | undefined>, file: string): string | undefined => {
  const read = readTextOnce(texts, file);
  if (read?._tag !== 'Problem' || read.problem._tag !== 'NotUtf8')
    return read?._tag === 'Text' ? read.text : undefined;
  try {
    return readTextBytes(file).toString('utf8');
  } catch {
    return undefined;
  }
};

const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};

/** The first line that is not UTF-8, and the encoding that a Windows tool probably wrote. */
const describe = (bytes: Buffer): { readonly line: number; readonly looksLike: string | null } => {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return { line: 1, looksLike: 'UTF-16, which PowerShell writes' };
  const starts = [0];
  bytes.forEach((byte, index) => {
    if (byte === 0x0a) starts.push(index + 1);
  });
  const line = starts.findIndex(
    (start, index) => decodeUtf8(bytes.subarray(start, starts[index + 1])) === undefined,
  );
  return { line: line + 1, looksLike: null };
};
