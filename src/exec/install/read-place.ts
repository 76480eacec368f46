import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText, sha256 } from '../../plan/values/hash';
import type { SnapshotPlace } from '../../plan/model/source-snapshot';
import { LARGEST_MOUNT } from '../../plan/install/uncounted-volumes';
import type { Digests } from '../files/digests';
import { hashing } from '../files/digests';
import { fileKind, reasonOf } from '../files/file-kind';
import { outsideLink } from '../local-packages/outside-links';

/** How a place is read. */
export interface PlaceRules {
  /** Whether links are followed, as an installer does. A container sees the link itself, and has its own files. */
  readonly follow: boolean;
  /** The limits of its content. */
  readonly most: { readonly bytes: number; readonly files: number };
}

/** The rules for an index: its size is limited only by a reasonable time to read it. */
export const INDEX_RULES: PlaceRules = {
  follow: true,
  most: { bytes: Number.MAX_SAFE_INTEGER, files: 100_000 },
};

/** The rules for a volume: a container sees the links themselves, which lead to its own files. */
export const MOUNT_RULES: PlaceRules = { follow: false, most: LARGEST_MOUNT };

class Refused extends Error {}

type Listed = readonly [path: string, kind: 'file' | 'link', executable: boolean, content: string];

interface Found {
  readonly relative: string;
  readonly stats: fs.Stats;
}

/** All files and links of a folder, ordered by name; throws for other kinds of entries, or too many of them. */
const filesIn = (root: string, { follow, most }: PlaceRules): readonly Found[] => {
  const found: Found[] = [];
  let bytes = 0;
  const visit = (folder: string, within: readonly string[]): void => {
    const names = fs.readdirSync(path.join(root, folder)).sort(byText);
    for (const name of names) {
      const relative = path.posix.join(folder, name);
      const absolute = path.join(root, relative);
      const own = fs.lstatSync(absolute);
      // Installers cannot follow a dangling link either.
      const stats = (follow ? fs.statSync(absolute, { throwIfNoEntry: false }) : undefined) ?? own;
      if (stats.isDirectory()) {
        const real = fs.realpathSync(absolute);
        if (within.includes(real)) throw new Refused(`${relative} is a link to a folder that it lies in`);
        visit(relative, [...within, real]);
        continue;
      }
      if (!stats.isFile() && !stats.isSymbolicLink())
        throw new Refused(`${relative} is a ${fileKind(stats)}`);
      bytes += stats.size;
      found.push({ relative, stats });
      if (found.length > most.files) throw new Refused(`it holds more than ${most.files} files`);
      if (bytes > most.bytes)
        throw new Refused(`it holds more than ${Math.floor(most.bytes / 1024 / 1024)} MB`);
    }
  };
  visit('', [fs.realpathSync(root)]);
  return found;
};

const absolutePaths = (root: string, found: readonly Found[]): readonly string[] =>
  found.flatMap(({ relative, stats }) => (stats.isFile() ? [path.join(root, relative)] : []));

/**
 * The content of a file or a folder of this machine, as one digest of names, kinds, permissions to execute and
 * contents. Times, owners and empty folders do not count.
 *
 * @param place absolute path
 */
export const readPlace = (place: string, rules: PlaceRules, digests: Digests = hashing): SnapshotPlace => {
  try {
    const stats = fs.statSync(place);
    const isFile = stats.isFile();
    const root = isFile ? path.dirname(place) : place;
    const found = isFile ? [{ relative: path.basename(place), stats }] : filesIn(root, rules);
    const linked = rules.follow ? outsideLink(isFile ? null : root, absolutePaths(root, found)) : undefined;
    if (linked !== undefined) throw new Refused(linked);
    const kept = digests.of(fs.realpathSync(root));
    const listed = found.map(({ relative, stats: each }): Listed => {
      const absolute = path.join(root, relative);
      if (each.isSymbolicLink()) return [relative, 'link', false, fs.readlinkSync(absolute)];
      const { digest } = kept.digest(relative, absolute, each);
      return [relative, 'file', (each.mode & 0o100) !== 0, digest];
    });
    const content = isFile ? ['file', listed.map(([, , , digest]) => digest)] : ['folder', listed];
    return { path: place, digest: sha256(JSON.stringify(['place/1', content])), reason: '' };
  } catch (error) {
    const reason = error instanceof Refused ? error.message : reasonOf(error);
    return { path: place, digest: null, reason };
  }
};
