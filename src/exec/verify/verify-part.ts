import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import { relativePath } from '../../plan/values/paths';
import { readManifest } from '../bundle/bundle-manifest';
import { digestFile } from '../files/digest';
import { readEntrySeal } from '../store/entry-seal';
import { FILES_AT_A_TIME, inParallel } from '../files/in-parallel';
import { reasonOf } from '../files/file-kind';
import type { Part, PartFile } from '../store/part';
import { filesInTree, readPart, sizeOfPart, treeOf, zipOf } from '../store/part';
import type { SealedName } from '../store/sealed-file';
import { isUntouched, look } from '../files/stamp';
import { bundleIn } from '../store/store';
import { checkZip } from '../zip/verify-zip';

/** The size of a checked entry, and its faults. */
export interface Checked {
  readonly faults: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

const UNSEALED = 'it has no seal of this store';

/** Reads every byte of a part in all its forms. */
export const checkPart = async (folder: string, name: SealedName): Promise<Checked> => {
  const sealed = readEntrySeal(name, folder);
  if (sealed === undefined) return { faults: [UNSEALED], files: 0, bytes: 0 };
  const part = readPart(folder, sealed.digest);
  if (part === undefined) {
    return { faults: ['part.json was changed, or is missing'], files: 0, bytes: 0 };
  }
  const faults: string[] = [];
  const unpacked = filesInTree(part.files, part);
  await inParallel(FILES_AT_A_TIME, unpacked, async (file) => {
    const fault = await faultOf(part, file).catch((error: unknown) => `cannot be read: ${reasonOf(error)}`);
    if (fault !== undefined) faults.push(`tree/${file.path} ${fault}`);
  });
  faults.sort().push(...strangers(part).map((file) => `tree/${file} was not stored`));
  const zip = part.zip === null ? undefined : checkStampedZip(zipOf(part), part.zip, part.files);
  return {
    faults: [...faults, ...(zip?.faults ?? [])],
    files: unpacked.length + (zip?.files ?? 0),
    bytes: sizeOfPart({ files: unpacked }) + (zip?.bytes ?? 0),
  };
};

/** Reads every byte of a finished zip. */
const checkStampedZip = (zip: string, size?: number, made?: readonly PartFile[]): Checked => {
  const name = path.basename(zip);
  if (!isUntouched(look(zip), size)) {
    return { faults: [`${name} was changed, or is missing`], files: 0, bytes: 0 };
  }
  const { faults, entries, bytes } = checkZip(zip, made);
  return { faults: faults.map((fault) => `${name}: ${fault}`), files: entries, bytes };
};

/** Reads every byte of a finished bundle, which must match its manifest. */
export const checkFinishedZip = (entry: string, name: SealedName): Checked => {
  const sealed = readEntrySeal(name, entry);
  if (sealed === undefined) return { faults: [UNSEALED], files: 0, bytes: 0 };
  const { zip, manifest } = bundleIn(entry);
  const text = isUntouched(look(manifest), sealed.size) ? fs.readFileSync(manifest) : Buffer.alloc(0);
  const said = sha256(text) === sealed.digest ? readManifest(text.toString()) : undefined;
  const made = said?.files.map(({ path: file, size, mode, sha256: digest }) => ({
    path: file,
    size,
    executable: mode === '755',
    digest,
  }));
  const checked = checkStampedZip(zip, sealed.zip ?? undefined, made);
  const missing = made === undefined ? ['manifest.json was changed, or is missing'] : [];
  return { ...checked, faults: [...checked.faults, ...missing] };
};

const faultOf = async (
  part: Part,
  { path: name, size, executable, digest }: PartFile,
): Promise<string | undefined> => {
  const file = path.join(treeOf(part), name);
  // Only a tree that bundles link to is owned by the store; another may have an installer's links.
  const stats = part.own ? look(file) : fs.statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return 'is missing';
  if (stats.size !== size) return `has ${stats.size} bytes, not ${size}`;
  if (((stats.mode & 0o100) !== 0) !== executable) return `is${executable ? ' not' : ''} executable`;
  if (part.own && !isUntouched(stats)) return 'was changed';
  return (await digestFile(file)) === digest ? undefined : 'holds other bytes';
};

/** Files that no bundle has, but that somebody has added. */
const strangers = (part: Part): readonly string[] => {
  const listed = new Set(filesInTree(part.files, part).map((file) => file.path));
  const tree = treeOf(part);
  if (look(tree) === undefined) return [];
  return fs
    .readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relativePath(tree, path.join(entry.parentPath, entry.name)))
    .filter((file) => !listed.has(file))
    .sort();
};
