import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { InstallPlan } from '../../plan/model/install-plan';
import { localPackageName } from '../../plan/packaging/local/local-package';

/**
 * uv builds a local package only if it is allowed to by name, and learns names from pyproject.toml and setup.cfg alone
 * where it must not build. For one that has nothing but a setup.py, the name that the plan has read there is written
 * into the setup.cfg beside it: in the gathered copy, never among the user's files.
 */
export const nameLocalPackages = async (
  { inputs, host }: Pick<InstallPlan, 'inputs' | 'host'>,
  inputFolder: string,
): Promise<void> => {
  const folders = inputs
    .filter((input) => path.posix.basename(input.path) === 'setup.py')
    .map((input) => path.join(inputFolder, path.dirname(input.path)));
  for (const folder of folders) {
    const read = (name: string): Promise<string> =>
      fs.readFile(path.join(folder, name), 'utf8').catch(() => '');
    const configuration = await read('setup.cfg');
    const written = { 'pyproject.toml': await read('pyproject.toml'), 'setup.cfg': configuration };
    const name = localPackageName({ 'setup.py': await read('setup.py') });
    if (localPackageName(written) === null && name !== null && host.localPackages.includes(name)) {
      await fs.writeFile(path.join(folder, 'setup.cfg'), withName(configuration, name));
    }
  }
};

/** A setup.cfg with the name of the package. */
export const withName = (configuration: string, name: string): string =>
  /^\[metadata\]/m.test(configuration)
    ? configuration.replace(/^\[metadata\].*$/m, (section) => `${section}\nname = ${name}`)
    : `${configuration}\n[metadata]\nname = ${name}\n`;
