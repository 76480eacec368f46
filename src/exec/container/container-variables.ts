import * as fs from 'node:fs';
import * as path from 'node:path';
import { hasOwnCommand, INSTALLER_VARIABLES } from '../../plan/install/container-install';
import { isPinned } from '../../plan/install/installer-argv';
import type { Values } from '../../plan/variables/installer-environment';
import { has, withValues } from '../../plan/variables/installer-environment';
import { FILE_VARIABLES, namesOf } from '../../plan/variables/installer-variables';
import { isRemote } from '../../plan/packaging/local/local-reference';
import { showTold } from '../../plan/install/variables-note';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import type { InstallTask } from '../install/install';
import { requirementFiles } from '../files/requirement-texts';

/** The name of the file with the variables of this machine that no container gets by name. */
export const MACHINE_VARIABLES_NAME = 'machine-variables.json';

/** The placeholder for the folder of tools, wherever a container has it. */
export const TOOLS_PLACE = '{tools}';

/** Variables that choose versions and would be wrong in a container, such as the path of a file of this machine. */
const NOT_BY_NAME = namesOf('resolution').filter((name) => !INSTALLER_VARIABLES.includes(name));

const BUILD_CONSTRAINTS = ['UV_BUILD_CONSTRAINT', 'PIP_BUILD_CONSTRAINT'];

const CONSTRAINTS = [['UV_CONSTRAINT', 'PIP_CONSTRAINT'], BUILD_CONSTRAINTS];

type Variables = Readonly<Record<string, string>>;

/** The variables of this machine that count: the bundle's values win, and so do its constraints under either name. */
const counting = (own: Values, given: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(
    Object.entries(withValues(own)).filter(
      ([name, value]) =>
        names.includes(name) &&
        value !== '' &&
        !has(given, ...(CONSTRAINTS.find((pair) => pair.includes(name)) ?? [name])),
    ),
  );

/** A text whose includes lie beside it. */
const withPlaces = (text: string, file: string, placeOf: (file: string) => string | undefined): string => {
  const lines = text.split('\n');
  for (const line of readRequirements(text)) {
    if (line._tag !== 'Include' || isRemote(line.target)) continue;
    const place = placeOf(path.resolve(path.dirname(file), line.target));
    if (place !== undefined)
      lines.splice(
        line.at.from - 1,
        line.at.to - line.at.from + 1,
        `${line.flag} ${place}`,
        ...Array<string>(line.at.to - line.at.from).fill(''),
      );
  }
  return lines.join('\n');
};

/** Copies the files of a variable, with all their includes; gives its value in a container. */
const copied = (name: string, value: string, folder: string): string => {
  const named = value.split(/\s+/).filter((file) => file !== '');
  // A relative path is wrong on this machine as well, and the installer reports unreadable files.
  const files = requirementFiles(named.filter(path.isAbsolute)).filter(({ text }) => text !== undefined);
  const places = new Map(files.map(({ file }, index) => [file, `machine-${name}-${index}.txt`]));
  for (const { file, text = '' } of files) {
    const place = path.join(folder, places.get(file) ?? '');
    fs.writeFileSync(
      place,
      withPlaces(text, file, (included) => places.get(included)),
    );
    // Whatever this machine's umask: another user may read it in a container.
    fs.chmodSync(place, 0o644);
  }
  return named
    .map((file) => {
      const place = places.get(file);
      return place === undefined ? file : `${TOOLS_PLACE}/${place}`;
    })
    .join(' ');
};

/**
 * Writes the variables of this machine that choose versions, and that a container does not get by name, to the
 * container's folder of tools, with the content of their files. Gives a line for each variable that is used, or is
 * ignored.
 */
export const putVariables = (
  folder: string,
  { install, environment }: Pick<InstallTask, 'install' | 'environment'>,
  own: Values,
): readonly string[] => {
  // A command of the user's gets only the user's variables.
  if (hasOwnCommand(install.docker)) return [];
  // Constraints of builds count for pinned versions as well.
  const names = [...(isPinned(install) ? [] : NOT_BY_NAME), ...BUILD_CONSTRAINTS];
  const values = Object.entries(counting(own, environment, names));
  if (values.length > 0) {
    const seen = values.map(([name, value]) => [
      name,
      FILE_VARIABLES.includes(name) ? copied(name, value, folder) : value,
    ]);
    const file = path.join(folder, MACHINE_VARIABLES_NAME);
    fs.writeFileSync(file, JSON.stringify(Object.fromEntries(seen)));
    fs.chmodSync(file, 0o644);
  }
  return showTold({ own, given: environment }, install);
};
