import * as fs from 'node:fs';
import * as path from 'node:path';

/** Node.js puts this character into names that are not UTF-8. */
const REPLACED = '\ufffd';

/**
 * The names in a folder that are not UTF-8, as Node.js reads them, with a path that shows their bytes. Such a name
 * opens no file, or another one.
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

/** A name with each byte outside ASCII as `\xNN`. */
const shown = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) =>
      byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
