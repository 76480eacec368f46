import * as path from 'node:path';
import type { LockQuestion } from './locked-set';

/** The locks that may be those of projects in other folders. */
export const MEMBER_LOCKS = ['uv.lock', 'poetry.lock', 'pdm.lock'] as const;

/** A text that stands for itself in a pattern. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** How each lock writes that it has the project in a folder, with the folder as seen from the lock's. */
const MEMBERS: Readonly<Record<string, (folder: string) => RegExp>> = {
  'uv.lock': (folder) =>
    new RegExp(`^source = \\{ (?:editable|virtual|directory) = "${literal(folder)}" \\}\\r?$`, 'm'),
  'poetry.lock': (folder) =>
    new RegExp(
      `^\\[package\\.source\\]\\r?\\ntype = "directory"\\r?\\nurl = "(?:\\./)?${literal(folder)}"`,
      'm',
    ),
  'pdm.lock': (folder) => new RegExp(`^path = "(?:\\./)?${literal(folder)}"\\r?$`, 'm'),
};

/**
 * Whether a lock has the project in a folder, by its path as seen from the lock's. A search in the text, because the lock of a
 * large workspace takes a while to parse, and may belong to somebody else.
 */
export const hasMember = (name: string, lock: string, folder: string): boolean =>
  MEMBERS[name]?.(folder).test(lock) === true;

/**
 * Whether a lock is read for a member of its workspace: it was made from another manifest, and lists what each package is for
 * as seen from that.
 */
export const isForMember = ({ source, manifest }: Pick<LockQuestion, 'source' | 'manifest'>): boolean =>
  manifest !== null && path.dirname(manifest.file) !== path.dirname(source.file);
