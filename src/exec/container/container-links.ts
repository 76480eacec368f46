import * as fs from 'node:fs';
import * as path from 'node:path';
import { hasOwnCommand } from '../../plan/install/container-install';
import type { Values } from '../../plan/variables/installer-environment';
import { has, linksForPip, linksForUv } from '../../plan/variables/installer-environment';
import { pathsOfPart } from '../../plan/packaging/local/named-places';
import { TOOLS_PLACE } from './container-variables';
import { homeOf } from '../files/home';
import type { InstallTask } from '../install/install';

/** The name of the file with the variables that name folders of wheels. */
export const MACHINE_LINKS_NAME = 'machine-links.json';

const NAMES = ['UV_FIND_LINKS', 'PIP_FIND_LINKS'] as const;

/** The place of a value's part on this machine; undefined for a URL. */
const placeOf = (part: string, home: string): string | undefined =>
  /^(?!file:)[a-z][a-z0-9+.-]+:/i.test(part) ? undefined : (pathsOfPart(part, home)?.[0] ?? part);

const isFolder = (place: string): boolean =>
  fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;

/** Puts the files of a folder into another. They may be many megabytes, so they are copied only to another disk. */
const lend = (from: string, to: string): void => {
  fs.mkdirSync(to);
  fs.chmodSync(to, 0o755);
  for (const name of fs.readdirSync(from)) {
    const file = fs.realpathSync(path.join(from, name));
    if (!fs.statSync(file).isFile()) continue;
    try {
      fs.linkSync(file, path.join(to, name));
    } catch {
      fs.copyFileSync(file, path.join(to, name), fs.constants.COPYFILE_FICLONE);
    }
  }
};

/**
 * Puts this machine's folders of wheels into the folder of tools for a container, with the variables that name them
 * there. As on this machine, folders of uv count for pip and those of pip for uv. Gives a line for each place that a
 * container cannot see.
 *
 * @param variables the variables of this machine, and the values of its settings files
 */
export const putLinks = (
  folder: string,
  { install, environment }: Pick<InstallTask, 'install' | 'environment'>,
  variables: Values,
): readonly string[] => {
  if (hasOwnCommand(install.docker) || has(environment, ...NAMES) || !has(variables, ...NAMES)) return [];
  const home = homeOf(variables);
  const places = new Map<string, string>();
  const unseen: string[] = [];
  const seen = (part: string): readonly string[] => {
    const place = placeOf(part, home);
    if (place === undefined) return [part];
    if (!isFolder(place)) {
      unseen.push(part);
      return [];
    }
    const name = places.get(place) ?? `links-${places.size}`;
    if (!places.has(place)) lend(place, path.join(folder, name));
    places.set(place, name);
    return [`${TOOLS_PLACE}/${name}`];
  };
  const listed = (name: string, separator: RegExp): readonly string[] =>
    (variables[name] ?? '')
      .trim()
      .split(separator)
      .filter((part) => part !== '')
      .flatMap(seen);
  const ofUv = listed('UV_FIND_LINKS', /\s*,\s*/).join(',');
  const ofPip = listed('PIP_FIND_LINKS', /\s+/).join(' ');
  const file = path.join(folder, MACHINE_LINKS_NAME);
  fs.writeFileSync(
    file,
    JSON.stringify({
      UV_FIND_LINKS: has(variables, 'UV_FIND_LINKS') ? ofUv : linksForUv({ PIP_FIND_LINKS: ofPip }),
      PIP_FIND_LINKS: has(variables, 'PIP_FIND_LINKS') ? ofPip : linksForPip({ UV_FIND_LINKS: ofUv }),
    }),
  );
  fs.chmodSync(file, 0o644);
  return [...new Set(unseen)].map(
    (part) =>
      `${part} of UV_FIND_LINKS or PIP_FIND_LINKS is not a folder of this machine, so the container does not see it`,
  );
};
