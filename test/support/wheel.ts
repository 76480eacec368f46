import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { directoryOf } from '../../src/exec/zip/zip-directory';
import { zipFiles } from '../../src/exec/zip/zip-files';
import { RECORD } from '../../src/exec/zip/zip-format';
import { temporaryFolder } from './temporary';

/** What a wheel says of itself. @default a wheel of pure Python that lists all its files */
export interface WheelOptions {
  readonly tag?: string;
  readonly record?: readonly string[];
  /** Whether RECORD has the hashes of the files, as wheels of build backends have. @default false */
  readonly isHashed?: boolean;
  /** The Unix modes of entries, with the bits that say what they are; such as 0o120777 for a link. */
  readonly modes?: Readonly<Record<string, number>>;
  /** Entries whose names others have already. */
  readonly again?: Readonly<Record<string, string>>;
  /** @default '1' */
  readonly version?: string;
  /** What it needs, as METADATA has it. @default nothing */
  readonly requires?: readonly string[];
  /** The Pythons that it is for, as METADATA has them. @default all */
  readonly python?: string;
}

const hashOf = (content: string | Uint8Array | undefined): string =>
  content === undefined ? '' : `sha256=${createHash('sha256').update(content).digest('base64url')}`;

/** The same zip, whose directory says other modes of some entries. */
const withModes = (zip: Buffer, modes: Readonly<Record<string, number>>): Buffer => {
  const { offset, entries } = directoryOf(zip);
  for (let at = offset, left = entries; left > 0; left -= 1) {
    const length = zip.readUInt16LE(at + RECORD.name);
    const mode = modes[zip.toString('utf8', at + RECORD.size, at + RECORD.size + length)];
    if (mode !== undefined) zip.writeUInt32LE((mode << 16) >>> 0, at + RECORD.attributes);
    at += RECORD.size + length + zip.readUInt16LE(at + RECORD.extra) + zip.readUInt16LE(at + RECORD.comment);
  }
  return zip;
};

/** Writes `name` 1 as a wheel with these files, whatever they are called, into a new folder; answers the folder. */
export const wheelFolder = (
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  {
    tag = 'py3-none-any',
    record,
    isHashed = false,
    modes = {},
    again = {},
    version = '1',
    requires = [],
    python,
  }: WheelOptions = {},
): string => {
  const info = `${name}-${version}.dist-info`;
  const listed = record ?? [...Object.keys(files), `${info}/RECORD`];
  const all = {
    ...files,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${python === undefined ? '' : `Requires-Python: ${python}\n`}${requires.map((need) => `Requires-Dist: ${need}\n`).join('')}`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    [`${info}/RECORD`]: listed.map((file) => `${file},${isHashed ? hashOf(files[file]) : ''},\n`).join(''),
  };
  const folder = temporaryFolder();
  const zip = zipFiles(
    [...Object.entries(all), ...Object.entries(again)].map(([file, content]) => ({
      path: file,
      content: Buffer.from(content),
      executable: false,
    })),
  );
  writeFileSync(path.join(folder, `${name}-${version}-${tag}.whl`), withModes(zip, modes));
  return folder;
};
