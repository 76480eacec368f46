import type { Zippable } from 'fflate';
import { zipSync } from 'fflate';
import { isCompressed } from './compressed';

/** A file of a zip, in memory. */
export interface ZippedFile {
  /** Path in the zip, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

const REGULAR_FILE = 0o100000;

/** Where the attributes of Unix are in a zip's 32 bits. */
const UNIX = 16;

/** The number by which a zip says that its attributes are those of Unix (APPNOTE 4.4.2). */
const MADE_BY_UNIX = 3;

/** Read as the year, month and day of this time zone, whatever that is, as zips have it. */
const TIME = new Date(1980, 0, 1);

/**
 * Files as a zip, in their order. Synchronous, for a function's own files are put into its bundle in the middle of a
 * synthesis; and in JavaScript, so that the bytes are the same on every machine.
 */
export const zipFiles = (files: readonly ZippedFile[]): Uint8Array =>
  zipSync(
    Object.fromEntries(
      files.map(({ path, content, executable }): [string, Zippable[string]] => [
        path,
        [
          content,
          {
            level: isCompressed(content) ? 0 : 6,
            mtime: TIME,
            os: MADE_BY_UNIX,
            attrs: ((REGULAR_FILE | (executable ? 0o755 : 0o644)) << UNIX) >>> 0,
          },
        ],
      ]),
    ),
  );
