import * as path from 'node:path';
import type { LockQuestion } from './locked-set';

/** Locks that projects in other folders may share. */
export const MEMBER_LOCKS = ['uv.lock', 'poetry.lock', 'pdm.lock'] as const;

/** Escapes a text for a regular expression. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The entry that each lock has for the project in a folder. The folder is relative to the lock's. */
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
 * Whether a lock has the project in a folder, given relative to the lock's. This searches the text, because the lock of
 * a large workspace takes a while to parse, and may belong to other projects.
 */
export const hasMember = (name: string, lock: string, folder: string): boolean =>
  MEMBERS[name]?.(folder).test(lock) === true;

/**
 * Whether a lock is read for a member of its workspace. It was made from another manifest, and the groups of its
 * packages are those of that manifest.
 */
export const isForMember = ({ source, manifest }: Pick<LockQuestion, 'source' | 'manifest'>): boolean =>
  manifest !== null && path.dirname(manifest.file) !== path.dirname(source.file);
