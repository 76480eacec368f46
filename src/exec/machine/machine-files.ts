import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { AllSettings, ReadSettings } from '../../plan/settings/machine-variables';
import { readPipConf } from '../../plan/settings/pip-conf';
import type { SettingsFault, SettingsRead } from '../../plan/settings/settings-file';
import { settingsPlaces } from '../../plan/settings/settings-places';
import { readUvToml } from '../../plan/settings/uv-toml';
import { isMissing, reasonOf } from '../files/file-kind';
import { homeOf } from '../files/home';
import type { InterpreterPlaces } from './interpreter';

type Read = (text: string, file: string) => E.Either<SettingsFault, SettingsRead>;

/**
 * Reads the settings files of uv and pip of this machine's users and administrators. The installers do not read
 * settings files themselves, because other users could put one into a folder above the store.
 */
export const machineFiles = ({
  environment,
  platform,
}: InterpreterPlaces): E.Either<SettingsFault, AllSettings> => {
  const home = homeOf(environment);
  const prefix = pythonPrefix(environment);
  const places = settingsPlaces({ environment, platform, home, ...(prefix === undefined ? {} : { prefix }) });
  const uv = readAll(places.uv, readUvToml);
  if (E.isLeft(uv)) return uv;
  const pip = readAll(places.pip, readPipConf);
  return E.isLeft(pip) ? pip : E.right({ uv: uv.right, pip: pip.right });
};

const readAll = (files: readonly string[], read: Read): E.Either<SettingsFault, readonly ReadSettings[]> => {
  const all: ReadSettings[] = [];
  for (const file of new Set(files)) {
    const text = textOf(file);
    if (E.isLeft(text)) return text;
    if (text.right === undefined) continue;
    const settings = read(text.right, file);
    if (E.isLeft(settings)) return settings;
    all.push({ file, ...settings.right });
  }
  return E.right(all);
};

/** The text of a file; undefined if the file does not exist. */
const textOf = (file: string): E.Either<SettingsFault, string | undefined> => {
  try {
    return E.right(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const isNone = isMissing(error) || (error as NodeJS.ErrnoException).code === 'EISDIR';
    return isNone ? E.right(undefined) : E.left({ file, line: null, reason: reasonOf(error) });
  }
};

/** The folder of the active virtual environment, or of the installation whose Python comes first on PATH. */
const pythonPrefix = (environment: NodeJS.ProcessEnv): string | undefined => {
  const active = environment['VIRTUAL_ENV'] ?? '';
  if (active !== '') return active;
  const folder = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .find((name) => path.isAbsolute(name) && fs.existsSync(path.join(name, 'python3')));
  return folder === undefined ? undefined : path.dirname(folder);
};
