import * as fs from 'node:fs';
import * as path from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { entryCandidates } from '../../plan/request/entry';
import { compiledFile, inProjectOf } from './compiled-javascript';
import { namesIn } from '../files/names-in';
import type { NearEntry } from '../../plan/errors/entry-not-found';

/** The most files that a message names. */
const NAMED = 3;

/** A name is similar if at most this share of its letters differs. */
const NEAR = 0.34;

/** Files of Python projects that are never entries. */
const NO_ENTRY = /^(__init__|__main__|setup|conftest|test_.*|.*_test)\.py$/;

/** Files similar to an entry that was not found, for its error message. */
export const nearEntry = (request: BundleRequest): NearEntry => {
  // The folder of the defining file makes no difference to an absolute path.
  const compiled = isAbsolute(request) ? undefined : compiledFile(request.definingFiles);
  const nearby = [
    ...(compiled === undefined ? [] : inProjectOf(compiled, request)),
    ...entryCandidates(request).flatMap((tried) =>
      foldersLike(path.dirname(tried)).flatMap((folder) =>
        nearestTo(path.join(folder, path.basename(tried)), false),
      ),
    ),
  ];
  return {
    ...(nearby.length === 0 ? {} : { nearby: [...new Set(nearby)].slice(0, NAMED) }),
    ...(compiled === undefined ? {} : { compiled: compiled.file }),
  };
};

const isAbsolute = ({ entry }: BundleRequest): boolean =>
  entry._tag === 'ByPath' && path.isAbsolute(entry.path);

/** Like {@link nearEntry}, for the index of a folder. If the folder has only one Python file, its name may differ. */
export const nearIndex = (file: string): NearEntry => {
  const nearby = nearestTo(file, true).slice(0, NAMED);
  return nearby.length === 0 ? {} : { nearby, isIndex: true };
};

const nearestTo = (tried: string, isOnlyOneEnough: boolean): readonly string[] => {
  const folder = path.dirname(tried);
  const wanted = path.basename(tried);
  // A path without an ending may mean a folder or a file.
  const isFolderToo = !wanted.endsWith('.py');
  const likely = namesIn(folder)
    .filter((name) => (isFolder(path.join(folder, name)) ? isFolderToo : name.endsWith('.py')))
    .filter((name) => !NO_ENTRY.test(name));
  const [first, ...others] = likely;
  if (isOnlyOneEnough && first !== undefined && others.length === 0) return [path.join(folder, first)];
  return nearestOf(likely, wanted).map((name) => path.join(folder, name));
};

/** The names similar to a wanted one, the nearest first. */
const nearestOf = (names: readonly string[], wanted: string): readonly string[] =>
  names
    .map((name) => ({ name, far: difference(name, wanted) }))
    .filter(({ far }) => far <= NEAR)
    .sort((a, b) => a.far - b.far)
    .map(({ name }) => name);

/** The folder itself if it has entries; else similar paths, such as `fn` for `Fn` on a case-sensitive disk. */
const foldersLike = (folder: string): readonly string[] => {
  if (namesIn(folder).length > 0 || path.dirname(folder) === folder) return [folder];
  return foldersLike(path.dirname(folder))
    .flatMap((parent) => {
      const inner = namesIn(parent).filter((name) => isFolder(path.join(parent, name)));
      return nearestOf(inner, path.basename(folder)).map((name) => path.join(parent, name));
    })
    .slice(0, NAMED);
};

/**
 * The share of different letters; the style of joining words (`my-handler`, `my_handler`, `myHandler`) does not count.
 */
const difference = (name: string, wanted: string): number => {
  const [a, b] = [name, wanted].map((one) =>
    one
      .toLowerCase()
      .replace(/\.py$/, '')
      .replace(/[-_. ]/g, ''),
  );
  if (a === undefined || b === undefined) return 1;
  // `my_handler.py` counts as equal to a wanted `stack.my_handler.py`.
  return a !== '' && b.endsWith(a) ? 0 : distance(a, b) / Math.max(a.length, b.length, 1);
};

const isFolder = (place: string): boolean =>
  fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
