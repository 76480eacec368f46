import * as path from 'node:path';
import type { DeclarationChoice, FoundDeclaration } from '../../plan/request/declaration-files';
import {
  chooseFirst,
  DECLARATION_FILES,
  FROM_BESIDE,
  FROM_NOTHING,
  FROM_SCRIPT,
  kindOfFile,
  MANIFESTS,
} from '../../plan/request/declaration-files';
import type { DeclarationNotFound } from '../../plan/errors/declaration-not-found';
import { pyprojectFacts } from '../../plan/packaging/project/pyproject-facts';
import { foldersUpTo, relativePath } from '../../plan/values/paths';
import { isLockOf, lockNameOf } from '../../plan/locks/locked/own-lock';
import { hasMember, MEMBER_LOCKS } from '../../plan/locks/locked/member-lock';

/** The view of the disk that a search needs. */
export interface Disk {
  readonly has: (file: string) => boolean;
  /** The text of a file; undefined if it cannot be read. */
  readonly text: (file: string) => string | undefined;
}

/** The inputs of a search: the entry's place, whether it declares dependencies itself, and `dependencies.from`. */
interface DeclarationQuestion {
  /** Absolute path of the entry, or of a layer's folder. */
  readonly file: string;
  /** Absolute path of the entry's folder. */
  readonly folder: string;
  readonly hasScript: boolean;
  readonly from: string | undefined;
  /** Absolute path of the topmost folder to search. */
  readonly end: string;
}

/** Locks made from a pyproject.toml, which does not count as a declaration beside them. */
const LOCKS_OF_PYPROJECT = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'];

const NOTHING: DeclarationChoice = { used: null, unused: [] };

/** The declaration that an entry uses, and the unused ones beside it. */
export const findDeclaration = (
  disk: Disk,
  question: DeclarationQuestion,
): DeclarationChoice | { readonly problem: DeclarationNotFound } => {
  const { folder, from } = question;
  // The option's own error reports an empty text.
  if (from === FROM_NOTHING || from === '') return NOTHING;
  const folders = foldersUpTo(folder, question.end);
  if (from !== undefined && from !== FROM_BESIDE) return named(disk, question, from, folders);
  const beside = declarationsIn(disk, folder);
  const script = scriptOf(disk, question);
  if (script !== undefined || beside.length > 0) {
    return chooseFirst([...(script === undefined ? [] : [script]), ...beside]);
  }
  if (from === FROM_BESIDE) return NOTHING;
  const root = folders.slice(1).find((candidate) => isProjectRoot(disk, candidate));
  if (root === undefined) return NOTHING;
  const choice = chooseFirst(declarationsIn(disk, root));
  return { ...choice, isAbove: true };
};

const named = (
  disk: Disk,
  question: DeclarationQuestion,
  from: string,
  folders: readonly string[],
): DeclarationChoice | { readonly problem: DeclarationNotFound } => {
  if (from === FROM_SCRIPT) {
    const script = scriptOf(disk, question);
    return script === undefined
      ? { problem: { _tag: 'DeclarationNotFound', from, looked: [question.file] } }
      : { used: script, unused: [] };
  }
  const kind = kindOfFile(from);
  const looked = folders.map((folder) => path.resolve(folder, from));
  const file = kind === undefined ? undefined : looked.find(disk.has);
  return kind === undefined || file === undefined
    ? { problem: { _tag: 'DeclarationNotFound', from, looked: kind === undefined ? [] : looked } }
    : {
        used: byOwnLock(disk, {
          kind,
          file,
          manifest: manifestOf(disk, kind, question.folder, path.dirname(file)),
        }),
        unused: [],
      };
};

/** The entry's own metadata, or its lock (`uv lock --script`) if that lies beside it. */
const scriptOf = (disk: Disk, { file, hasScript }: DeclarationQuestion): FoundDeclaration | undefined => {
  if (!hasScript) return undefined;
  const lock = `${file}.lock`;
  return disk.has(lock)
    ? { kind: 'uv', file: lock, manifest: file }
    : byOwnLock(disk, { kind: 'script', file, manifest: null });
};

/** The lock that `cdk-lambda-python lock` has made for a declaration; without one, the declaration itself. */
const byOwnLock = (disk: Disk, found: FoundDeclaration): FoundDeclaration => {
  if (found.kind !== 'requirements' && found.kind !== 'script') return found;
  const name = path.basename(found.file);
  const lock = path.join(path.dirname(found.file), lockNameOf(name));
  return disk.has(lock) && isLockOf(disk.text(lock) ?? '', name)
    ? { kind: 'pylock', file: lock, manifest: found.file }
    : found;
};

/** Each file once, as the first declaration that it counts for. */
const onceAFile = (found: readonly FoundDeclaration[]): readonly FoundDeclaration[] =>
  found.filter(({ file }, index) => found.findIndex((other) => other.file === file) === index);

/** A workspace member's own manifest; else the manifest beside the lock. */
const manifestOf = (
  disk: Disk,
  kind: FoundDeclaration['kind'],
  folder: string,
  lockFolder: string,
): string | null => {
  const name = kind === 'script' ? undefined : MANIFESTS[kind];
  if (name === undefined) return null;
  const own = path.join(folder, name);
  const beside = path.join(lockFolder, name);
  return kind === 'uv' && disk.has(own) ? own : disk.has(beside) ? beside : null;
};

/** The declarations in one folder, in the order of their use. */
const declarationsIn = (disk: Disk, folder: string): readonly FoundDeclaration[] => {
  const has = (name: string): boolean => disk.has(path.join(folder, name));
  const pyproject = has('pyproject.toml') ? disk.text(path.join(folder, 'pyproject.toml')) : undefined;
  const facts = pyproject === undefined ? undefined : pyprojectFacts(pyproject);
  const ownLock = LOCKS_OF_PYPROJECT.some(has);
  const workspaceLock = facts?.isProject === true && !ownLock ? findWorkspaceLock(disk, folder) : undefined;
  const isLocked = workspaceLock !== undefined || ownLock;
  const others = Object.keys(DECLARATION_FILES).filter((name) => name !== 'pyproject.toml' && has(name));
  const counts = !isLocked && (facts?.declares === true || others.length === 0);
  const found = Object.entries(DECLARATION_FILES).flatMap(([name, kind]): FoundDeclaration | readonly [] => {
    const file = path.join(folder, name);
    if (workspaceLock !== undefined && path.basename(workspaceLock) === name) {
      return { kind, file: workspaceLock, manifest: path.join(folder, 'pyproject.toml') };
    }
    if (!has(name)) return [];
    // A pyproject.toml that cannot be read stays: reading it later gives the error.
    if (kind === 'pyproject' && !(counts && facts?.isProject !== false)) return [];
    if (kind === 'pipfile' && has('Pipfile.lock')) return [];
    return byOwnLock(disk, { kind, file, manifest: manifestOf(disk, kind, folder, folder) });
  });
  return onceAFile(found);
};

/**
 * The lock of the workspace that a project belongs to: the nearest lock above that names the project's folder. It may
 * lie in any folder above, because it names the project's folder itself.
 */
const findWorkspaceLock = (disk: Disk, folder: string): string | undefined =>
  foldersUpTo(path.dirname(folder), path.parse(folder).root)
    .flatMap((parent) => MEMBER_LOCKS.map((name) => ({ parent, file: path.join(parent, name) })))
    .filter(({ file }) => disk.has(file))
    .find(({ parent, file }) =>
      hasMember(path.basename(file), disk.text(file) ?? '', relativePath(parent, folder)),
    )?.file;

/** Whether a folder is a Python project: it has a lock, a Pipfile, or a pyproject.toml with more than tool settings. */
const isProjectRoot = (disk: Disk, folder: string): boolean =>
  Object.entries(DECLARATION_FILES).some(([name, kind]) => {
    const file = path.join(folder, name);
    if (kind === 'requirements' || !disk.has(file)) return false;
    return kind !== 'pyproject' || pyprojectFacts(disk.text(file) ?? '').isProject;
  });
