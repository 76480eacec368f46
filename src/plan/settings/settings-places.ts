import * as path from 'node:path';
import type { Values } from '../variables/installer-environment';
import { isOn } from '../values/is-on';

/**
 * The settings files of a machine: absolute paths, the system's first. A value in a later file replaces an earlier one.
 */
interface SettingsPlaces {
  readonly uv: readonly string[];
  readonly pip: readonly string[];
}

/** The properties of a machine that decide the places. */
interface MachinePlaces {
  readonly environment: Values;
  readonly platform: NodeJS.Platform;
  /** Absolute path of the user's home folder. */
  readonly home: string;
  /** `sys.prefix` of pip's Python, if known: a virtual environment has its own file there. */
  readonly prefix?: string;
}

const listed = (value: string | undefined, other: string, separator: string): readonly string[] =>
  (value || other).split(separator).filter((folder) => folder !== '');

/** uv reads one file of the system and one of the user, or the file that a variable names. */
const uvPlaces = ({ environment, platform, home }: MachinePlaces): readonly string[] => {
  if (isOn(environment['UV_NO_CONFIG'])) return [];
  const named = environment['UV_CONFIG_FILE'] ?? '';
  if (named !== '') return [path.resolve(named)];
  if (platform === 'win32') {
    const drive = environment['SYSTEMDRIVE'] ?? 'C:';
    const roaming = environment['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming');
    return [
      path.win32.join(environment['PROGRAMDATA'] ?? `${drive}\\ProgramData`, 'uv', 'uv.toml'),
      path.win32.join(roaming, 'uv', 'uv.toml'),
    ];
  }
  const xdg = listed(environment['XDG_CONFIG_DIRS'], '/etc/xdg', ':').map((folder) => `${folder}/uv/uv.toml`);
  const user = environment['XDG_CONFIG_HOME'] || path.posix.join(home, '.config');
  return ['/etc/uv/uv.toml', ...[...xdg].reverse(), path.posix.join(user, 'uv', 'uv.toml')];
};

/** pip reads all files. If a variable names a file, the user's files do not count. */
const pipPlaces = ({ environment, platform, home, prefix }: MachinePlaces): readonly string[] => {
  const named = environment['PIP_CONFIG_FILE'] ?? '';
  if (named === '/dev/null' || named.toLowerCase() === 'nul') return [];
  const last = named === '' ? [] : [path.resolve(named)];
  const isolated = named !== '' || isOn(environment['PIP_ISOLATED']);
  if (platform === 'win32') {
    const { win32 } = path;
    const roaming = environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming');
    const user = [win32.join(home, 'pip', 'pip.ini'), win32.join(roaming, 'pip', 'pip.ini')];
    const site = prefix === undefined ? [] : [win32.join(prefix, 'pip.ini')];
    const system = win32.join(environment['PROGRAMDATA'] ?? 'C:\\ProgramData', 'pip', 'pip.ini');
    return [system, ...(isolated ? [] : user), ...site, ...last];
  }
  const { join } = path.posix;
  const config = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  const system =
    platform === 'darwin'
      ? ['/Library/Application Support/pip/pip.conf']
      : [
          ...listed(environment['XDG_CONFIG_DIRS'], '/etc/xdg', ':').map(
            (folder) => `${folder}/pip/pip.conf`,
          ),
          '/etc/pip.conf',
        ];
  const user = [
    join(home, '.pip', 'pip.conf'),
    join(config, 'pip', 'pip.conf'),
    ...(platform === 'darwin' ? [join(home, 'Library', 'Application Support', 'pip', 'pip.conf')] : []),
  ];
  const site = prefix === undefined ? [] : [join(prefix, 'pip.conf')];
  return [...system, ...(isolated ? [] : user), ...site, ...last];
};

/** The documented places of the settings of uv and pip. */
export const settingsPlaces = (machine: MachinePlaces): SettingsPlaces => ({
  uv: uvPlaces(machine),
  pip: pipPlaces(machine),
});
