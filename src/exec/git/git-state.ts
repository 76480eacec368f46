import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText, sha256 } from '../../plan/values/hash';

/** The state of a repository from which a build may take a version. */
interface GitState {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** The commit that is checked out. */
  readonly head: string;
  readonly branch: string | null;
  /** SHA-256 of the commit, the tags, and the branch if that is asked for. */
  readonly digest: string;
}

const textOf = (file: string): string | undefined => {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** Git's folder of a root: `.git`, or the folder that the file `.git` of a worktree or a submodule names. */
const gitFolder = (root: string): string | undefined => {
  const place = path.join(root, '.git');
  if (fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) return place;
  const [, named] = /^gitdir: (.+)$/m.exec(textOf(place) ?? '') ?? [];
  return named === undefined ? undefined : path.resolve(root, named);
};

/** The folder that worktrees share; it has the refs. */
const commonFolder = (folder: string): string => {
  const named = textOf(path.join(folder, 'commondir'));
  return named === undefined ? folder : path.resolve(folder, named);
};

const packedRefs = (common: string): ReadonlyMap<string, string> =>
  new Map(
    (textOf(path.join(common, 'packed-refs')) ?? '').split('\n').flatMap((line): [string, string][] => {
      const [, id, name] = /^([0-9a-f]{40,64}) (refs\/\S+)$/.exec(line) ?? [];
      return id === undefined || name === undefined ? [] : [[name, id]];
    }),
  );

const looseRefs = (common: string, folder: string): readonly (readonly [string, string])[] => {
  try {
    return fs.readdirSync(path.join(common, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return looseRefs(common, name);
      const id = textOf(path.join(common, name));
      return id === undefined || !/^[0-9a-f]{40,64}$/.test(id) ? [] : [[name, id] as const];
    });
  } catch {
    return [];
  }
};

/** Absolute paths of a repository's metadata; a worktree has three. */
export const gitPlaces = (root: string): readonly string[] => {
  const own = gitFolder(root);
  const places = own === undefined ? [] : [own, commonFolder(own)];
  return [...new Set([path.join(root, '.git'), ...places])];
};

/** The root of the repository that a folder is in. */
const rootAbove = (folder: string): string | undefined => {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (path.dirname(at) === at) return undefined;
  }
};

/**
 * Reads the commit that is checked out in a folder's repository, and the tags. This starts no process. Undefined
 * without a repository or a commit, and for refs in the reftable format, which this does not read.
 *
 * @param withBranch whether the name of the branch counts
 */
export const gitState = (folder: string, withBranch: boolean): GitState | undefined => {
  const root = rootAbove(folder);
  const own = root === undefined ? undefined : gitFolder(root);
  if (root === undefined || own === undefined) return undefined;
  const common = commonFolder(own);
  const packed = packedRefs(common);
  const said = textOf(path.join(own, 'HEAD')) ?? '';
  const [, ref] = /^ref: (refs\/\S+)$/.exec(said) ?? [];
  const head = ref === undefined ? said : (textOf(path.join(common, ref)) ?? packed.get(ref) ?? '');
  if (!/^[0-9a-f]{40,64}$/.test(head)) return undefined;
  const branch = withBranch ? (ref?.replace(/^refs\/heads\//, '') ?? null) : null;
  const tags = new Map([
    ...[...packed].filter(([name]) => name.startsWith('refs/tags/')),
    ...looseRefs(common, 'refs/tags'),
  ]);
  const shallow = textOf(path.join(common, 'shallow')) ?? null;
  const sorted = [...tags].sort(([a], [b]) => byText(a, b));
  return { root, head, branch, digest: sha256(JSON.stringify(['git/1', head, branch, sorted, shallow])) };
};
