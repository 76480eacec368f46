import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Values } from '../../plan/variables/installer-environment';
import { homeOf } from '../files/home';

/** Makes a folder with an empty `uv.toml`, and links to the settings of all other programs of the user. */
const folderBeside = (folder: string, user: string): string => {
  fs.mkdirSync(path.join(folder, 'uv'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'uv', 'uv.toml'), '');
  for (const name of fs.existsSync(user) ? fs.readdirSync(user) : [])
    if (name !== 'uv') link(path.resolve(user, name), path.join(folder, name));
  return folder;
};

/** Links a file or folder. On Windows only folders: every user may make junctions, but not links to files. */
const link = (target: string, place: string): void => {
  try {
    fs.symlinkSync(target, place, 'junction');
  } catch {
    // The program that the file belongs to runs without it.
  }
};

/**
 * The variables that hide each `uv.toml` of the user and the system from uv, while other programs find their settings.
 * `--no-config` would also hide the environments of a lock, which uv reads only from a pyproject.toml.
 *
 * @param work absolute path of a folder for the written files
 */
export const withoutUvSettings = (
  work: string,
  environment: Values,
  platform: NodeJS.Platform,
): Readonly<Record<string, string>> => {
  const folder = path.join(work, 'settings');
  const home = homeOf(environment);
  if (platform === 'win32') {
    const user = environment['APPDATA'] || path.join(home, 'AppData', 'Roaming');
    // uv looks for the system's file in `ProgramData` of this drive, and reads it besides the user's file.
    return { APPDATA: folderBeside(folder, user), SYSTEMDRIVE: work };
  }
  const user = environment['XDG_CONFIG_HOME'] || path.join(home, '.config');
  // The first of these folders that has a uv.toml counts, before /etc/uv.
  const system = environment['XDG_CONFIG_DIRS'] || '/etc/xdg';
  return {
    XDG_CONFIG_HOME: folderBeside(folder, user),
    XDG_CONFIG_DIRS: `${folder}${path.delimiter}${system}`,
  };
};
