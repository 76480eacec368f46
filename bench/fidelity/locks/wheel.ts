import { createHash } from 'node:crypto';
import { zipFiles } from '../../../src/exec/zip/zip-files';
import type { Release } from './universe';

const lines = (key: string, values: readonly string[]): string =>
  values.map((value) => `${key}: ${value}\n`).join('');

export const fileNameOf = ({ name, version }: Release): string =>
  `${name.toLowerCase().replace(/[-._]+/g, '_')}-${version}-py3-none-any.whl`;

/** A wheel that has nothing but its metadata. */
export const wheelOf = (release: Release): Buffer => {
  const { name, version, requires, extras, requiresPython } = release;
  const info = `${name.toLowerCase().replace(/[-._]+/g, '_')}-${version}.dist-info`;
  const files: Readonly<Record<string, string>> = {
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${lines('Requires-Python', requiresPython === null ? [] : [requiresPython])}${lines('Provides-Extra', extras)}${lines('Requires-Dist', requires)}`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: fidelity\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: `${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  return zipFiles(
    Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text), executable: false })),
  );
};

export const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
