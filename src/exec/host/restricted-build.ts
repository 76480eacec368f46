import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildEnvironment } from '../../plan/install/build-environment';
import { BUILD_SITE, ENVIRONMENT_NAME, SITE_NAME } from '../scripts/refused-builds';
import { PIP_LAUNCHER } from '../scripts/pip-launcher';

/**
 * Writes the programs that keep an installer's environment from the code that it builds, and a home for this code;
 * gives the variables for the installer. A build still runs as this user: it does not get credentials, but it can look
 * for them.
 *
 * @param folder absolute path of a new folder
 * @param installer the installer's variables
 * @param withMore further variables for the built code. pip starts Git with these variables as well
 */
export const restrictBuilds = (
  folder: string,
  installer: Readonly<Record<string, string>>,
  withMore: (seen: Readonly<Record<string, string>>) => Readonly<Record<string, string>> = (seen) => seen,
): Readonly<Record<string, string>> => {
  const home = path.join(folder, 'home');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(home, { recursive: true });
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  write(ENVIRONMENT_NAME, JSON.stringify(withMore(buildEnvironment(installer, home))));
  write(SITE_NAME, BUILD_SITE);
  write('pip_launcher.py', PIP_LAUNCHER);
  return { ...installer, PYTHONPATH: folder };
};
