import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ManifestFile } from '../bundle/bundle-manifest';
import { digestFile } from '../files/digest';
import { fileKind, reasonOf } from '../files/file-kind';
import { FILES_AT_A_TIME, inParallel } from '../files/in-parallel';
import type { FileFault, FilesChecked } from '../errors/file-fault';

/** Permission bits, including set-user-ID and set-group-ID. */
const MODE_BITS = 0o7777;

/** On Windows, only the write permission exists, so modes are not compared. */
const HAS_MODES = process.platform !== 'win32';

/**
 * Compares the files of a folder with those of a manifest. Empty folders do not ship, so they are ignored.
 *
 * @param expected the manifest's files by their path
 */
export const checkFolder = async (
  folder: string,
  expected: ReadonlyMap<string, ManifestFile>,
): Promise<FilesChecked> => {
  const faults: FileFault[] = [];
  const found = new Map<string, fs.Stats>();
  try {
    for (const [file, stats] of listed(folder, faults)) found.set(file, stats);
  } catch (error) {
    return { faults: [], files: 0, bytes: 0, unreadable: reasonOf(error) };
  }
  // A folder that cannot be listed was already reported, and its files are not missing.
  const isHidden = (file: string): boolean =>
    faults.some((fault) => file.startsWith(`${fault.path}/`) && fault._tag === 'Changed');
  for (const file of expected.keys()) {
    if (!found.has(file) && !isHidden(file)) faults.push({ _tag: 'Missing', path: file });
  }
  let [files, bytes] = [0, 0];
  await inParallel(FILES_AT_A_TIME, [...found], async ([file, stats]) => {
    const one = expected.get(file);
    if (one === undefined) {
      faults.push({ _tag: 'Added', path: file });
      return;
    }
    const what = await difference(path.join(folder, file), stats, one);
    files += 1;
    bytes += stats.size;
    if (what !== undefined) faults.push({ _tag: 'Changed', path: file, what });
    const mode = (stats.mode & MODE_BITS).toString(8);
    if (HAS_MODES && stats.isFile() && mode !== one.mode) {
      faults.push({ _tag: 'Mode', path: file, expected: one.mode, found: mode });
    }
  });
  return { faults, files, bytes, unreadable: null };
};

/** Everything in a folder except folders, with `/` in paths. */
function* listed(root: string, faults: FileFault[], folder = ''): Generator<readonly [string, fs.Stats]> {
  let names: readonly string[];
  try {
    names = fs.readdirSync(path.join(root, folder)).sort();
  } catch (error) {
    if (folder === '') throw error;
    faults.push({ _tag: 'Changed', path: folder, what: `cannot be listed: ${reasonOf(error)}` });
    return;
  }
  for (const name of names) {
    const relative = folder === '' ? name : `${folder}/${name}`;
    const stats = fs.lstatSync(path.join(root, relative), { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) yield* listed(root, faults, relative);
    else if (stats !== undefined) yield [relative, stats];
  }
}

/** The difference in content, in words; undefined if there is none. */
const difference = async (
  file: string,
  stats: fs.Stats,
  { size, sha256 }: ManifestFile,
): Promise<string | undefined> => {
  if (!stats.isFile()) return `is a ${fileKind(stats)}`;
  if (stats.size !== size) return `has ${stats.size} bytes, not ${size}`;
  try {
    return (await digestFile(file)) === sha256 ? undefined : 'has other bytes';
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
};
