import * as fs from 'node:fs';
import type { BundleManifest } from './bundle-manifest';
import { isUntouched } from '../files/stamp';
import { MANIFEST_END } from './bundle-manifest';

/** The fields of a manifest before its lists: they show whether a bundle is complete, without reading the lists. */
type ManifestHead = Omit<BundleManifest, 'version' | 'distributions' | 'installers' | 'files'>;

const NUMBER = '(\\d+)';
const SIZE = '(\\d+|null)';
const HASH = '"([0-9a-f]{64})"';

const HEAD = new RegExp(
  `^\\{"version":3,"key":${HASH},"zip":${SIZE},"sbom":${SIZE},"asset":${HASH},"content":${HASH},"count":${NUMBER},"size":${NUMBER},"distributions":\\[`,
);

/** More than a head can have. */
const HEAD_SIZE = 512;

/** A small manifest is read in one piece. */
const PIECE = 4096;

/** Without `O_NONBLOCK`, opening a named pipe would wait forever. */
const READ = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

const sizeOf = (text: string): number | null => (text === 'null' ? null : Number(text));

const headOf = (text: string): ManifestHead | undefined => {
  const [, key, zip, sbom, asset, content, count, size] = HEAD.exec(text) ?? [];
  if (key === undefined || zip === undefined || sbom === undefined) return undefined;
  if (asset === undefined || content === undefined) return undefined;
  const sizes = { zip: sizeOf(zip), sbom: sizeOf(sbom), count: Number(count), size: Number(size) };
  return { key, asset, content, ...sizes };
};

const buffer = Buffer.alloc(PIECE);

/** Whether a file of this size, whose first piece was read, ends like a manifest. */
const isWhole = (descriptor: number, size: number): boolean => {
  const [start, length] = [size - MANIFEST_END.length, MANIFEST_END.length];
  if (start < 0) return false;
  if (size <= PIECE) return buffer.toString('latin1', start, size) === MANIFEST_END;
  const end = Buffer.alloc(length);
  fs.readSync(descriptor, end, 0, length, start);
  return end.toString('latin1') === MANIFEST_END;
};

/**
 * The head of a complete and unchanged manifest; undefined for everything else. Its end is checked, its list is not.
 */
export const readManifestHead = (file: string): ManifestHead | undefined => {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, READ);
  } catch {
    return undefined;
  }
  try {
    const stats = fs.fstatSync(descriptor);
    if (!isUntouched(stats)) return undefined;
    const read = fs.readSync(descriptor, buffer, 0, PIECE, 0);
    if (!isWhole(descriptor, stats.size)) return undefined;
    return headOf(buffer.toString('latin1', 0, Math.min(read, HEAD_SIZE)));
  } catch {
    return undefined;
  } finally {
    fs.closeSync(descriptor);
  }
};
