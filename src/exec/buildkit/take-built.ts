import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { BUILT } from '../../plan/assembly/dockerfile';
import type { Installers } from '../parts/install-modules';
import type { Install, InstallTask } from '../install/install';
import { takeRecords } from '../container/container-whole';
import { takeInstaller } from '../errors/installer-used';

/** Takes what a build has left in a folder into those of an install, which stay: by them is told whether somebody has taken them away. */
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
 * Installs nothing: takes the modules that `docker buildx bake` has built of the same plans. They are looked over like those of
 * any install.
 *
 * @param folder absolute path of the folder that bake has written to
 */
export const builtInstallers = (folder: string): Installers => {
  const install: Install = async ({ plan, install: { isWhole }, folders }) => {
    const built = path.join(folder, plan.hash.dependencies ?? '');
    const isThere = await fs.stat(path.join(built, BUILT.output)).catch(() => undefined);
    if (isThere === undefined) return E.left({ _tag: 'NotBuilt', path: built });
    // Copied: another bundle of the same modules, or a second run, may want them.
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
