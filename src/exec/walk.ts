import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ExternalSymlinks } from '../plan/bundle-request';
import { byText } from '../plan/hash';
import type { Ignores } from '../plan/ignore-rules';
import { relativePath, staysInside } from '../plan/paths';
import type { PlanError } from '../plan/plan-error';
import type { SnapshotFile } from '../plan/source-snapshot';
import { digestFileSync } from './digest';
import { fileKind, isMissing, unreadable } from './file-kind';

export interface Walked {
  readonly files: readonly SnapshotFile[];
  readonly problems: readonly PlanError[];
}

/** Marks a virtual environment, whatever its folder is called (PEP 405). */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';

/**
 * Reads a folder's files that are not ignored, with their digests. Symbolic links are read as what they point to,
 * as `cdk-assets` does when it zips; what is ignored is neither entered nor read.
 */
export const walk = (root: string, ignores: Ignores, external: ExternalSymlinks): Walked => {
  const files: SnapshotFile[] = [];
  const problems: PlanError[] = [];

  const visitFolder = (relative: string, realAncestors: readonly string[]): void => {
    const folder = path.join(root, relative);
    const names = attempt(folder, () => fs.readdirSync(folder));
    if (names === undefined) return;
    if (relative !== '' && names.includes(VIRTUAL_ENVIRONMENT)) return;
    for (const name of [...names].sort(byText)) {
      visit(relative === '' ? name : `${relative}/${name}`, realAncestors);
    }
  };

  const visit = (relative: string, realAncestors: readonly string[]): void => {
    const absolute = path.join(root, relative);
    const link = attempt(absolute, () => fs.lstatSync(absolute));
    if (link === undefined) return;
    const isLink = link.isSymbolicLink();
    if (!link.isDirectory() && ignores(relative)) return;
    const stats = isLink ? follow(absolute, relative) : link;
    if (stats === undefined || (stats.isDirectory() && ignores(`${relative}/`))) return;
    const real =
      isLink || stats.isDirectory() ? attempt(absolute, () => fs.realpathSync(absolute)) : absolute;
    if (real === undefined) return;
    if (stats.isDirectory()) {
      if (realAncestors.includes(real)) {
        problems.push({ _tag: 'SymlinkLoop', path: absolute, target: real });
      } else if (!isLink || mayFollow(absolute, real)) {
        visitFolder(relative, [...realAncestors, real]);
      }
    } else if (!stats.isFile()) {
      problems.push({ _tag: 'UnsupportedFile', path: absolute, kind: fileKind(stats) });
    } else if (!isLink || mayFollow(absolute, real)) {
      const content = attempt(absolute, () => digestFileSync(absolute));
      if (content === undefined) return;
      files.push({ path: relative, executable: (stats.mode & 0o100) !== 0, ...content });
    }
  };

  const follow = (link: string, relative: string): fs.Stats | undefined => {
    try {
      return fs.statSync(link);
    } catch (error) {
      // What a link to nowhere would be cannot be told, so a rule about folders (`node_modules/`) counts as well.
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
  visitFolder('', [realRoot]);
  return { files, problems };
};
