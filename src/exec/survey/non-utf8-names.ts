import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a name that is not UTF-8 is read as has this in it. */
const REPLACED = '\ufffd';

/**
 * The names in a folder that are not UTF-8, as they are read, and a path for each that shows the bytes. Nothing can be opened
 * by such a name: to Node.js it is another one, or that of another file.
 */
export const misnamed = (
  folder: string,
  found: readonly Pick<fs.Dirent, 'name'>[],
): ReadonlyMap<string, string> => {
  if (!found.some(({ name }) => name.includes(REPLACED))) return NONE;
  return new Map(
    fs
      .readdirSync(folder, { encoding: 'buffer' })
      .filter((bytes) => !Buffer.from(bytes.toString()).equals(bytes))
      .map((bytes) => [bytes.toString(), path.join(folder, shown(bytes))]),
  );
};

const NONE: ReadonlyMap<string, string> = new Map();

/** A name with each byte that is no ASCII character as `\xNN`. */
const shown = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) =>
      byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
