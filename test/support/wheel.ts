import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { zipFiles } from '../../src/exec/zip-files';
import { temporaryFolder } from './temporary';

/** What a wheel says of itself. @default a wheel of pure Python that lists all its files */
export interface WheelOptions {
  readonly tag?: string;
  readonly record?: readonly string[];
}

/** Writes `name` 1 as a wheel with these files, whatever they are called, into a new folder; answers the folder. */
export const wheelFolder = (
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  { tag = 'py3-none-any', record }: WheelOptions = {},
): string => {
  const info = `${name}-1.dist-info`;
  const listed = record ?? [...Object.keys(files), `${info}/RECORD`];
  const all = {
    ...files,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    [`${info}/RECORD`]: listed.map((file) => `${file},,\n`).join(''),
  };
  const folder = temporaryFolder();
  const zip = zipFiles(
    Object.entries(all).map(([file, content]) => ({
      path: file,
      content: Buffer.from(content),
      executable: false,
    })),
  );
  writeFileSync(path.join(folder, `${name}-1-${tag}.whl`), zip);
  return folder;
};
