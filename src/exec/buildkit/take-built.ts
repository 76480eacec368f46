import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { BUILT } from '../../plan/assembly/dockerfile';
import type { Installers } from '../parts/install-modules';
import type { Install, InstallTask } from '../install/install';
import { takeRecords } from '../container/container-whole';
import { takeInstaller } from '../errors/installer-used';

/**
 * Moves a build's output into the folders of an install. These folders stay: their identity shows whether another
 * process has removed them.
 */
export const takeBuilt = async (
  built: string,
  { output, bytecode }: InstallTask['folders'],
  take: (from: string, to: string) => Promise<void> = fs.rename,
): Promise<void> => {
  for (const [name, folder] of [
    [BUILT.output, output],
    [BUILT.bytecode, bytecode],
  ] as const) {
    for (const entry of await fs.readdir(path.join(built, name))) {
      await take(path.join(built, name, entry), path.join(folder, entry));
    }
  }
};

/**
 * Installs nothing: takes the modules that `docker buildx bake` has built from the same plans, and checks them like
 * those of any install.
 *
 * @param folder absolute path of the folder that bake has written to
 */
export const builtInstallers = (folder: string): Installers => {
  const install: Install = async ({ plan, install: { isWhole }, folders }) => {
    const built = path.join(folder, plan.hash.dependencies ?? '');
    const isThere = await fs.stat(path.join(built, BUILT.output)).catch(() => undefined);
    if (isThere === undefined) return E.left({ _tag: 'NotBuilt', path: built });
    // Copied: another bundle of the same modules, or a second run, may need them.
    await takeBuilt(built, folders, (from, to) =>
      fs.cp(from, to, { recursive: true, verbatimSymlinks: true }),
    );
    const records = isWhole ? takeRecords(folders) : undefined;
    const installer = takeInstaller(folders.bytecode);
    return E.right({
      by: 'buildkit',
      tool: 'docker buildx bake',
      ...(installer === undefined ? {} : { installer }),
      output: '',
      ...(records === undefined ? {} : { records }),
    });
  };
  return { auto: install, host: install, docker: install, buildkit: install };
};
