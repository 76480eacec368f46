import * as fs from 'node:fs';
import type { BundleManifest } from './bundle-manifest';
import { isUntouched } from './stamp';

/** What stands in a manifest before its lists: enough to tell whether a bundle is whole, without reading the list. */
export type ManifestHead = Omit<BundleManifest, 'version' | 'distributions' | 'files'>;

const NUMBER = '(\\d+)';
const SIZE = '(\\d+|null)';
const HASH = '"([0-9a-f]{64})"';

const HEAD = new RegExp(
  `^\\{"version":2,"key":${HASH},"zip":${SIZE},"sbom":${SIZE},"asset":${HASH},"content":${HASH},"count":${NUMBER},"size":${NUMBER},"distributions":\\[`,
);

/** More than a head can have. */
const HEAD_SIZE = 512;

/** How every manifest ends. A file that was cut, or whose last blocks were never written, ends otherwise. */
export const MANIFEST_END = '\n]}\n';

const sizeOf = (text: string): number | null => (text === 'null' ? null : Number(text));

const headOf = (text: string): ManifestHead | undefined => {
  const [, key, zip, sbom, asset, content, count, size] = HEAD.exec(text) ?? [];
  if (key === undefined || zip === undefined || sbom === undefined) return undefined;
  if (asset === undefined || content === undefined) return undefined;
  const sizes = { zip: sizeOf(zip), sbom: sizeOf(sbom), count: Number(count), size: Number(size) };
  return { key, asset, content, ...sizes };
};

const buffer = Buffer.alloc(HEAD_SIZE);

const readAt = (descriptor: number, length: number, position: number): string =>
  buffer.toString('latin1', 0, fs.readSync(descriptor, buffer, 0, length, position));

/** The head of a manifest that is there, whole and as it was finished; undefined for anything else. Its end is looked at, its list is not. */
export const readManifestHead = (file: string): ManifestHead | undefined => {
  try {
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      const stats = fs.fstatSync(descriptor);
      if (!isUntouched(stats) || stats.size < MANIFEST_END.length) return undefined;
      const end = readAt(descriptor, MANIFEST_END.length, stats.size - MANIFEST_END.length);
      return end === MANIFEST_END ? headOf(readAt(descriptor, HEAD_SIZE, 0)) : undefined;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
};
