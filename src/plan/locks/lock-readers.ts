import type { LockReader } from './locked/locked-set';
import { readPdmLock } from './pdm/pdm-lock';
import { readPipfileLock } from './pipenv/pipfile-lock';
import { readPoetryLock } from './poetry/poetry-lock';
import { readPylock } from './pylock/pylock';
import { readUvLock } from './uv/uv-lock';
import type { DeclarationKind } from '../request/declaration-kind';

/** The kinds of declaration that are locks. */
type LockKind = Exclude<DeclarationKind, 'script' | 'pyproject'>;

/** The reader of each kind of lock. */
export const LOCK_READERS: Readonly<Record<LockKind, LockReader>> = {
  pylock: readPylock,
  uv: readUvLock,
  poetry: readPoetryLock,
  pipenv: readPipfileLock,
  pdm: readPdmLock,
};

export const isLockKind = (kind: DeclarationKind): kind is LockKind => Object.hasOwn(LOCK_READERS, kind);
