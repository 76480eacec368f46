/** What a program in a sandbox sees of the file system: absolute paths without links, each of which is there. */
export interface SandboxView {
  /** Folders that look empty. What is written there is gone with the sandbox. */
  readonly hidden: readonly string[];
  /** Files and folders inside hidden ones that can be read all the same. */
  readonly readOnly: readonly string[];
  /** Folders that can be written to. */
  readonly writable: readonly string[];
  /** Folders in whose place others are seen, which can be written to: the path that is seen, and the folder that is there. */
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

/** Outer folders first, because a mount covers what was mounted below it before. One that changes nothing is left out. */
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
 * The arguments by which bubblewrap runs a program: the whole file system is read-only, processes are the program's own and
 * end with it, and it has no rights beyond those of the user. The network is the machine's, because the package index is needed.
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
