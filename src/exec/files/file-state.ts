import type { BigIntStats } from 'node:fs';

/**
 * What a file looks like from outside, in one line: device, inode, size, and when its content and its inode were last
 * changed, in nanoseconds. Content that changes while this stays the same can only do so within one tick of the clock.
 */
export const stateOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(' ');

/**
 * The longest tick in milliseconds: FAT counts in steps of two seconds, and rounds down (HFS+ and ext3 take one second,
 * NTFS, APFS, ext4, XFS and NFS far less). The third second is for the kernel's own clock, which a file's times are
 * taken from and which is behind by up to a timer interrupt, and for a file server whose clock is not quite this one.
 */
const TICK = 3000n;

/**
 * Whether every change from a moment on shows in a file's state: its last one must be clearly older than that. Git calls
 * an entry of its index for which this does not hold racily clean, and reads the file.
 *
 * @param at a moment before the state was asked for, in milliseconds since 1970
 */
export const isSettled = ({ mtimeMs, ctimeMs }: BigIntStats, at: number): boolean =>
  (mtimeMs > ctimeMs ? mtimeMs : ctimeMs) + TICK < BigInt(at);
