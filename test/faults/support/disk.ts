import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** A small disk of its own, under a folder. */
export interface Disk {
  /** Leaves so many bytes free. */
  readonly fill: (free: number) => void;
  /** Everything is free that no run has taken. */
  readonly empty: () => void;
  readonly readOnly: (isReadOnly: boolean) => void;
}

/** In bytes; all scenes have room in it. */
const SIZE = 16 * 1024 * 1024;

const mount = (...argv: readonly string[]): void => {
  execFileSync('mount', argv, { stdio: 'pipe' });
};

/** Why no disk can be mounted here; undefined where one can. */
export const diskSkipReason = (folder: string): string | undefined => {
  try {
    mkdirSync(folder, { recursive: true });
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
    execFileSync('umount', [folder]);
    return undefined;
  } catch (error) {
    return `no disk can be mounted here: ${(error as Error).message.trim()}`;
  }
};

/** Gives work a disk under a folder, and takes it away whatever came of the work. */
export const withDisk = async (folder: string, use: (disk: Disk) => Promise<void>): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  mount('-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder);
  const ballast = path.join(folder, '.ballast');
  try {
    await use({
      fill: (free) => writeFileSync(ballast, Buffer.alloc(SIZE - free)),
      empty: () => rmSync(ballast, { force: true }),
      readOnly: (isReadOnly) => mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder),
    });
  } finally {
    execFileSync('umount', [folder]);
  }
};

/** Whether something is mounted at or below a folder. */
export const isMounted = (folder: string): boolean =>
  existsSync('/proc/mounts') &&
  readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .some((line) => `${line.split(' ')[1]}/`.startsWith(`${folder}/`));
