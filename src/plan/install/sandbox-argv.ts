/** The view that a program in a sandbox has of the file system: absolute paths of existing files, without links. */
export interface SandboxView {
  /** Folders that look empty. Files written there disappear with the sandbox. */
  readonly hidden: readonly string[];
  /** Files and folders inside hidden ones that are still readable. */
  readonly readOnly: readonly string[];
  /** Writable folders. */
  readonly writable: readonly string[];
  /** Writable folders that replace others: the path that the program sees, and the actual folder. */
  readonly replaced?: readonly (readonly [seen: string, folder: string])[];
}

const KINDS = ['hidden', 'readOnly', 'writable'] as const;

type Kind = (typeof KINDS)[number];

const FLAG: Readonly<Record<Kind, (path: string) => readonly string[]>> = {
  hidden: (path) => ['--tmpfs', path],
  readOnly: (path) => ['--ro-bind', path, path],
  writable: (path) => ['--bind', path, path],
};

const isInside = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);

/**
 * Outer folders come first, because a mount covers earlier mounts below it. A mount that changes nothing is left out.
 */
const mounts = (view: SandboxView): readonly string[] => {
  const kinds = new Map<string, Kind>();
  for (const kind of KINDS) for (const path of view[kind]) kinds.set(path, kind);
  const ordered = [...kinds.keys()].sort((a, b) => a.length - b.length);
  const seen: string[] = [];
  return ordered.flatMap((path) => {
    const kind = kinds.get(path) ?? 'hidden';
    const around = seen.filter((folder) => isInside(folder, path)).at(-1);
    if ((around === undefined ? 'readOnly' : kinds.get(around)) === kind) return [];
    seen.push(path);
    return FLAG[kind](path);
  });
};

/**
 * The arguments with which bubblewrap runs a program. The whole file system is read-only, the program sees only its own
 * processes, which end with it, and it has only the user's rights. It uses the machine's network, because it needs the
 * index.
 *
 * @param program absolute path of `bwrap`
 * @param cwd absolute path of a folder that the view has
 */
export const bubblewrapArgv = (
  program: string,
  view: SandboxView,
  cwd: string,
  command: readonly string[],
): readonly string[] => [
  program,
  '--unshare-user',
  '--unshare-pid',
  '--unshare-ipc',
  '--unshare-uts',
  '--cap-drop',
  'ALL',
  '--die-with-parent',
  '--new-session',
  ...['--ro-bind', '/', '/'],
  ...['--dev', '/dev'],
  ...['--proc', '/proc'],
  ...mounts(view),
  ...(view.replaced ?? []).flatMap(([seen, folder]) => ['--bind', folder, seen]),
  ...['--chdir', cwd],
  '--',
  ...command,
];
