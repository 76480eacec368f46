import type { BigIntStats } from 'node:fs';

/**
 * A file's metadata in one line: device, inode, size, and the times of the last change of its content and its inode, in
 * nanoseconds. Content can change without a change here only within one tick of the clock.
 */
export const stateOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(' ');

/**
 * The longest tick in milliseconds. FAT counts in steps of two seconds and rounds down (HFS+ and ext3 take one second,
 * NTFS, APFS, ext4, XFS and NFS far less). The third second allows for two more delays: a file's times come from the
 * kernel's clock, which is behind by up to a timer interrupt, and a file server's clock may differ a little.
 */
const TICK = 3000n;

/**
 * Whether every change after a moment shows in a file's state. For that, the file's last change must be clearly older
 * than the moment. Git calls the other entries of its index racily clean, and reads their files.
 *
 * @param at a moment before the state was read, in milliseconds since 1970
 */
export const isSettled = ({ mtimeMs, ctimeMs }: BigIntStats, at: number): boolean =>
  (mtimeMs > ctimeMs ? mtimeMs : ctimeMs) + TICK < BigInt(at);
