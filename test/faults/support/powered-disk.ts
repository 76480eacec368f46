import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const IMAGE_SIZE = 64 * 1024 * 1024;

const call = (program: string, ...argv: readonly string[]): void => {
  execFileSync(program, argv, { stdio: 'pipe' });
};

/** The journal is written each second: a test cannot wait for the five that are usual. Data is written after thirty. */
const mountImage = (image: string, folder: string): void => {
  call('mount', '-t', 'ext4', '-o', 'loop,commit=1', image, folder);
};

/** An ext4 file system in a file, mounted on a folder. */
export interface PoweredDisk {
  /** Copies what has reached the disk by now: the state after a power cut at this moment. */
  readonly snapshot: () => Promise<string>;
  /** Mounts such a copy in the place of the disk, as after a reboot: the journal is replayed. */
  readonly reboot: (snapshot: string) => void;
}

/** Gives work a new disk on a folder, and takes it away whatever came of the work. */
export const withPoweredDisk = async (
  images: string,
  folder: string,
  work: (disk: PoweredDisk) => Promise<void>,
): Promise<void> => {
  fs.mkdirSync(folder, { recursive: true });
  const image = path.join(images, 'disk');
  fs.rmSync(image, { force: true });
  fs.writeFileSync(image, '');
  fs.truncateSync(image, IMAGE_SIZE);
  call('mkfs.ext4', '-q', '-F', image);
  mountImage(image, folder);
  try {
    await work({
      snapshot: async () => {
        const copy = path.join(images, 'after-power-cut');
        fs.rmSync(copy, { force: true });
        await fs.promises.copyFile(image, copy);
        return copy;
      },
      reboot: (snapshot) => {
        call('umount', folder);
        mountImage(snapshot, folder);
      },
    });
  } finally {
    unmount(folder);
  }
};

const unmount = (folder: string): void => {
  try {
    call('umount', folder);
  } catch {
    // A program that was started there may not have ended yet.
    call('umount', '--lazy', folder);
  }
};

/** Why there is no such disk here; undefined where there is one: as root, on Linux, with loop devices. */
export const whyNoPoweredDisk = async (images: string, folder: string): Promise<string | undefined> => {
  try {
    await withPoweredDisk(images, folder, () => Promise.resolve());
    return undefined;
  } catch (error) {
    return (error as Error).message.trim();
  }
};
