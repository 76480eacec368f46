import * as path from 'node:path';
import { neighboursOf } from './followed-packages';
import { lineTarget } from '../lines/line-target';
import { commonFolder, relativePath, staysInside } from '../../values/paths';
import { isRemote } from '../../packaging/local/local-reference';
import { readRequirements } from '../lines/requirements-file';
import type { LocalPackage, RequirementsSnapshot } from '../../model/source-snapshot';

/** The places of the installer's inputs in the one folder that gathers them. */
export interface GatheredLayout {
  /** Maps a file or folder that the installer reads to its path in that folder, with `/`; `.` for the folder itself. */
  readonly place: (absolute: string) => string;
  /** The folder in which the installer runs, as a path in that folder. */
  readonly workingDirectory: string;
}

/** The folder with a local package's files. */
export const folderOf = (local: LocalPackage): string =>
  local.kind === 'folder' ? local.path : path.dirname(local.path);

/** All folders from which a build of a local package reads files. The package's own folder is the first. */
export const foldersRead = (local: LocalPackage): readonly [string, ...string[]] => {
  const own = folderOf(local);
  const outside = local.files.filter((file) => !staysInside(file.path));
  return [own, ...new Set(outside.map((file) => path.dirname(path.join(own, file.path))))];
};

/** The same folders, and the repository from which the package takes a version. */
export const foldersWithGit = (local: LocalPackage): readonly [string, ...string[]] => {
  const git = local.git === undefined ? [] : [local.git.root];
  return [...foldersRead(local), ...git];
};

const holds = (folder: string, absolute: string): boolean => staysInside(relativePath(folder, absolute));

/** The folder that holds a local package and all packages that its sources lead to, so that relative paths hold. */
const reachOf = (local: LocalPackage, localPackages: readonly LocalPackage[]): string => {
  const reached = new Set([local]);
  for (const each of reached) {
    const next = neighboursOf(each);
    localPackages.filter((other) => next.includes(other.path)).forEach((other) => reached.add(other));
  }
  return commonFolder([folderOf(local), ...[...reached].flatMap(foldersWithGit)]);
};

/** The folders of all files that a requirements file reaches by relative paths alone. Its own folder is the first. */
const relatedFolders = ({ texts, localPackages }: RequirementsSnapshot): readonly [string, ...string[]] => {
  const workingFolder = path.dirname(texts[0].file);
  const folders: [string, ...string[]] = [workingFolder];
  const visited = new Set<string>();
  const visit = (file: string): void => {
    if (visited.has(file)) return;
    visited.add(file);
    for (const line of readRequirements(texts.find((text) => text.file === file)?.text ?? '')) {
      if (!('target' in line) || isRemote(line.target) || path.isAbsolute(line.target)) continue;
      const target = lineTarget(line, file, workingFolder);
      const local = localPackages.find((candidate) => candidate.path === target);
      folders.push(local === undefined ? path.dirname(target) : reachOf(local, localPackages));
      if (line._tag === 'Include') visit(target);
    }
  };
  visit(texts[0].file);
  return folders;
};

/**
 * Keeps the relative positions of files that refer to each other by relative paths. Each place that only an absolute
 * path names gets a folder of its own, so that the layout does not reveal paths of this machine.
 */
export const gatheredLayout = (requirements: RequirementsSnapshot): GatheredLayout => {
  const folders = relatedFolders(requirements);
  const base = commonFolder(folders);
  const others = [
    ...requirements.texts.map(({ file }) => path.dirname(file)),
    ...requirements.localPackages.map((local) => reachOf(local, requirements.localPackages)),
  ].filter((folder) => !holds(base, folder));
  const apart = [...new Set(others)].filter(
    (folder) => !others.some((other) => other !== folder && holds(other, folder)),
  );
  const prefix = apart.length === 0 ? '' : 'tree';
  const place = (absolute: string): string => {
    const index = apart.findIndex((folder) => holds(folder, absolute));
    const [root, folder] = index < 0 ? [prefix, base] : [`absolute/${index + 1}`, apart[index] ?? ''];
    return path.posix.join(root, relativePath(folder, absolute));
  };
  return { place, workingDirectory: place(folders[0]) };
};
