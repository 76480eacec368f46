import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { InstallPlan } from '../../plan/model/install-plan';
import { localPackageName } from '../../plan/packaging/local/local-package';

/**
 * Writes the names of local packages with only a setup.py into a setup.cfg beside it. uv builds only packages that are
 * allowed by name, and without a build it learns names from pyproject.toml and setup.cfg alone. The plan has read the
 * name from the setup.py. Only the gathered copy is changed, never the user's files.
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
