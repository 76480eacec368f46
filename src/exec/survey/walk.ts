import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ExternalSymlinks } from '../../plan/request/bundle-request';
import { byText } from '../../plan/values/hash';
import type { Ignores } from '../../plan/sources/ignore-rules';
import { mayBeNative } from '../../plan/model/native-code';
import { relativePath, staysInside } from '../../plan/values/paths';
import type { PlanError } from '../../plan/errors/plan-error';
import type { SnapshotFile } from '../../plan/model/source-snapshot';
import type { Digests } from '../files/digests';
import { hashing } from '../files/digests';
import { earlierBundles } from './earlier-bundles';
import { readNative } from '../distributions/elf';
import { fileKind, isMissing, unreadable } from '../files/file-kind';
import { misnamed } from './non-utf8-names';
import { KEY_NAME } from '../store/seal-key';

export interface Walked {
  readonly files: readonly SnapshotFile[];
  readonly problems: readonly PlanError[];
  /** The listed folders by absolute path, with their times: the time changes when an entry is added or removed. */
  readonly folders?: ReadonlyMap<string, number>;
  /** Names in the root that may be declarations, but are not looked for. @default - none */
  readonly unchosen?: readonly string[];
  /** Those of the files, in any folder, whose names are those of declarations. @default - none */
  readonly declaring?: readonly string[];
}

/** Whether the walked folders still have the same entries. The content of a file is read when it ships. */
export const isCurrent = ({ folders }: Walked): boolean =>
  [...(folders ?? [])].every(([folder, time]) => timeOf(folder) === time);

const timeOf = (folder: string): number | undefined =>
  fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs;

/** The real paths of the folders around the present place of a walk, innermost first. */
type RealFolders = readonly [string, ...string[]];

/** The mark of a virtual environment, whatever the name of its folder (PEP 405). */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';

/**
 * The CDK writes this file into each cloud assembly, including nested ones. The output of another run
 * (`cdk synth -o out1`) has all bundles of the app in it, and is not part of a program.
 */
const CLOUD_ASSEMBLY = 'cdk.out';

/** Whether a tool generated a folder from the program. It is left out, whatever its name. */
const isGenerated = (found: readonly fs.Dirent[]): boolean =>
  found.some(
    (entry) => entry.name === VIRTUAL_ENVIRONMENT || (entry.name === CLOUD_ASSEMBLY && entry.isFile()),
  );

/**
 * Whether a folder is a store of this library, wherever it lies. Its content changes with each run, and is not part of
 * a program.
 */
const isStore = (found: readonly fs.Dirent[]): boolean =>
  found.some(({ name }) => name === KEY_NAME) && found.some(({ name }) => /^v\d+$/.test(name));

/**
 * The maximum number of files and folders in a walk: far more than any bundle has, but a dozen folders that link to
 * each other can be walked in billions of ways.
 */
const MOST_VISITED = 100_000;

/** The rules for the files of a root that stay out, made from the names at its top. */
type RulesOf = (rootNames: readonly string[]) => Ignores;

/**
 * Reads a folder's files that are not ignored, with their digests. Symbolic links are read as their targets, as
 * `cdk-assets` does when it zips. Ignored files and folders are not read.
 *
 * @param largest the maximum size of a file in bytes; a larger one is a problem, and is not read
 */
export const walk = (
  root: string,
  rulesOf: RulesOf,
  external: ExternalSymlinks,
  digests: Digests = hashing,
  largest = Number.POSITIVE_INFINITY,
): Walked => {
  const files: SnapshotFile[] = [];
  const problems: PlanError[] = [];
  const folders = new Map<string, number>();
  let visited = 0;

  const list = (folder: string): readonly fs.Dirent[] | undefined =>
    attempt(folder, () => {
      const time = timeOf(folder);
      const found = fs.readdirSync(folder, { withFileTypes: true });
      if (time !== undefined) folders.set(folder, time);
      return found;
    });

  const visitAll = (relative: string, found: readonly fs.Dirent[], realAncestors: RealFolders): void => {
    const folder = path.join(root, relative);
    const earlier = earlierBundles(
      folder,
      found.map(({ name }) => name),
    );
    const misnamedHere = attempt(folder, () => misnamed(folder, found)) ?? new Map<string, string>();
    for (const entry of [...found].sort((a, b) => byText(a.name, b.name))) {
      if (visited > MOST_VISITED) return;
      if (earlier.has(entry.name)) continue;
      const below = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const shown = misnamedHere.get(entry.name);
      if (shown === undefined) visit(below, entry, realAncestors);
      else if (!ignores(entry.isDirectory() ? `${below}/` : below)) {
        problems.push({ _tag: 'UnreadableFile', path: shown, reason: 'its name is not UTF-8' });
      }
    }
  };

  const visit = (relative: string, entry: fs.Dirent, realAncestors: RealFolders): void => {
    const absolute = path.join(root, relative);
    if (ignores(entry.isDirectory() ? `${relative}/` : relative)) return;
    visited += 1;
    if (visited > MOST_VISITED) problems.push({ _tag: 'TooManySources', root, limit: MOST_VISITED });
    else if (entry.isSymbolicLink()) visitLink(relative, absolute, realAncestors);
    else if (entry.isDirectory()) {
      visitFolder(relative, absolute, [path.join(realAncestors[0], entry.name), ...realAncestors]);
    } else {
      const stats = attempt(absolute, () => fs.lstatSync(absolute));
      if (stats !== undefined) visitFile(relative, absolute, stats);
    }
  };

  const visitLink = (relative: string, absolute: string, realAncestors: RealFolders): void => {
    const stats = follow(absolute, relative);
    if (stats === undefined || (stats.isDirectory() && ignores(`${relative}/`))) return;
    const real = attempt(absolute, () => fs.realpathSync(absolute));
    if (real === undefined) return;
    if (stats.isDirectory() && realAncestors.includes(real)) {
      problems.push({ _tag: 'SymlinkLoop', path: absolute, target: real });
    } else if (!stats.isDirectory() && !stats.isFile()) {
      visitFile(relative, absolute, stats);
    } else if (mayFollow(absolute, real)) {
      if (stats.isDirectory()) visitFolder(relative, absolute, [real, ...realAncestors]);
      else visitFile(relative, absolute, stats);
    }
  };

  const visitFolder = (relative: string, absolute: string, realAncestors: RealFolders): void => {
    const found = list(absolute);
    if (found === undefined || isGenerated(found)) return;
    if (isStore(found)) {
      folders.delete(absolute);
      return;
    }
    visitAll(relative, found, realAncestors);
  };

  const visitFile = (relative: string, absolute: string, stats: fs.Stats): void => {
    if (!stats.isFile()) {
      problems.push({ _tag: 'UnsupportedFile', path: absolute, kind: fileKind(stats) });
      return;
    }
    if (stats.size > largest) {
      problems.push({ _tag: 'SourceTooLarge', path: absolute, size: stats.size, limit: largest });
      return;
    }
    const content = attempt(absolute, () => kept.digest(relative, absolute, stats));
    if (content === undefined) return;
    const file = { path: relative, executable: (stats.mode & 0o100) !== 0 };
    const native = mayBeNative(file) ? attempt(absolute, () => readNative(absolute)) : undefined;
    files.push({ ...file, ...content, ...(native === undefined ? {} : { native }) });
  };

  const follow = (link: string, relative: string): fs.Stats | undefined => {
    try {
      return fs.statSync(link);
    } catch (error) {
      // A broken link may stand for a folder, so rules about folders (`node_modules/`) count as well.
      if (ignores(`${relative}/`)) return undefined;
      const target = attempt(link, () => fs.readlinkSync(link));
      if (target === undefined) return undefined;
      problems.push(
        isMissing(error) ? { _tag: 'BrokenSymlink', path: link, target } : unreadable(link, error),
      );
      return undefined;
    }
  };

  const mayFollow = (link: string, real: string): boolean => {
    if (external === 'follow' || staysInside(relativePath(realRoot, real))) return true;
    problems.push({ _tag: 'SymlinkOutsideRoot', path: link, target: real, root });
    return false;
  };

  const attempt = <A>(file: string, read: () => A): A | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(unreadable(file, error));
      return undefined;
    }
  };

  const realRoot = attempt(root, () => fs.realpathSync(root)) ?? root;
  const kept = digests.of(realRoot);
  const found = list(root) ?? [];
  const ignores = rulesOf(found.map(({ name }) => name));
  visitAll('', found, [realRoot]);
  return { files, problems, folders };
};
