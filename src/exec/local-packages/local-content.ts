import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText, sha256 } from '../../plan/values/hash';
import type { Values } from '../../plan/variables/installer-environment';
import { isOn } from '../../plan/values/is-on';
import { fateOf } from '../../plan/variables/installer-variables';
import { partsOf, pathsOfPart } from '../../plan/packaging/local/named-places';
import { homeOf } from '../files/home';
import { isPage, localLinks } from './page-links';

/** The content of a larger folder counts as unknown. */
const MOST_ENTRIES = 100_000;

const DEEPEST = 32;

class Unknown extends Error {}

/** The paths that a value may name. */
const placesIn = (value: string, home: string): readonly string[] =>
  partsOf(value).flatMap((part) => {
    const paths = pathsOfPart(part, home);
    if (paths === undefined) throw new Unknown();
    return paths;
  });

const fileLine = (name: string, file: string): string => {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  // A tool can set the modification time (`touch -d`), but not the change time. A file that replaces another within one
  // tick of the file system's clock has another inode.
  return stats === undefined
    ? `${name} is not there`
    : `${name} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
};

/** The local files that a page links to count as much as the files beside the page. */
const linkedLines = (page: string): readonly string[] =>
  localLinks(fs.readFileSync(page, 'utf8'), page).flatMap(({ target }) => {
    if (target === undefined || fs.statSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
      throw new Unknown();
    return [target, `${target}.metadata`].map((file) => fileLine(file, file));
  });

/** Names, sizes and times of all entries below a folder. Links are followed, as installers do. */
const listing = (root: string): readonly string[] => {
  const lines: string[] = [];
  const visit = (folder: string, within: readonly string[]): void => {
    const names = fs.readdirSync(path.join(root, folder)).sort(byText);
    for (const name of names) {
      if (lines.length >= MOST_ENTRIES) throw new Unknown();
      const relative = path.posix.join(folder, name);
      lines.push(...entryLines(relative, within));
    }
  };
  const entryLines = (relative: string, within: readonly string[]): readonly string[] => {
    const file = path.join(root, relative);
    try {
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      if (stats?.isDirectory() !== true)
        return [
          fileLine(relative, file),
          ...(stats?.isFile() === true && isPage(file) ? linkedLines(file) : []),
        ];
      const real = fs.realpathSync(file);
      if (within.includes(real)) return [`${relative} leads back`];
      if (within.length > DEEPEST) throw new Unknown();
      visit(relative, [...within, real]);
      return [`${relative}/`];
    } catch (error) {
      if (error instanceof Unknown) throw error;
      return [`${relative} cannot be read`];
    }
  };
  visit('', [fs.realpathSync(root)]);
  return lines;
};

const contentOf = (place: string): readonly string[] => {
  try {
    const stats = fs.statSync(place, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isDirectory()) return [place, ...listing(place)];
    if (!stats.isFile()) throw new Unknown();
    return [place, sha256(fs.readFileSync(place)), ...(isPage(place) ? linkedLines(place) : [])];
  } catch (error) {
    if (error instanceof Unknown) throw error;
    return [`${place} cannot be read`];
  }
};

/**
 * Lines that change when the local places of a value change: names, sizes and times in folders of wheels and of local
 * indexes, the content of a page, and the files that pages link to.
 *
 * @param home absolute path that `~` stands for
 * @returns undefined if the content cannot be known
 */
export const localContent = (value: string, home: string): readonly string[] | undefined => {
  try {
    return [...new Set(placesIn(value, home))].flatMap(contentOf);
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
};

const namesLocalPlace = (value: string, home: string): boolean => {
  try {
    return placesIn(value, home).some((place) => fs.existsSync(place));
  } catch (error) {
    if (error instanceof Unknown) return true;
    throw error;
  }
};

/** Whether uv's cache may hold an older file of a folder on this machine; without hashes, uv would not notice. */
export const hasLocalIndex = (variables: Values): boolean =>
  Object.entries(variables).some(
    ([name, value = '']) =>
      name.startsWith('UV_') && fateOf(name) === 'index' && namesLocalPlace(value, homeOf(variables)),
  );

/**
 * The option that makes uv read local files again that its cache may hold. uv does not take `--refresh` with
 * `UV_OFFLINE`. `--reinstall` refreshes as well, and then takes files of the network from the cache.
 */
export const refreshOption = (variables: Values): readonly string[] => {
  if (!hasLocalIndex(variables)) return [];
  return [isOn(variables['UV_OFFLINE']) ? '--reinstall' : '--refresh'];
};
