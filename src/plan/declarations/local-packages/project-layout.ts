import * as path from 'node:path';
import { folderOf, foldersWithGit } from './gathered-layout';
import type { GitMetadata } from '../../model/git-metadata';
import { gitOf } from './git-of';
import type { InstallInput } from '../../model/install-plan';
import { commonFolder, relativePath } from '../../values/paths';
import type { ProjectDeclaration } from '../../model/source-snapshot';

/** Where the local packages of a project lie among the gathered inputs. */
interface ProjectLayout {
  readonly inputs: readonly InstallInput[];
  /** What packages take their version from; absent where none does. */
  readonly git?: readonly GitMetadata[];
  /** Where the installer runs: where the declaration lies. */
  readonly workingDirectory: string;
  /** A local package as seen from there: what stands in a requirements file. */
  readonly reference: (absolute: string) => string;
}

/**
 * Lays out the local packages that are installed as they lie to each other and to the declaration, so that the paths
 * between them hold. Those that are not installed on the target are no inputs.
 *
 * @param installed absolute paths
 */
export const projectLayout = (
  { source, localPackages }: Pick<ProjectDeclaration, 'source' | 'localPackages'>,
  installed: readonly string[],
): ProjectLayout => {
  const locals = localPackages.filter((local) => installed.includes(local.path));
  const home = path.dirname(source.file);
  const base = commonFolder([home, ...locals.flatMap(foldersWithGit)]);
  const place = (absolute: string): string => relativePath(base, absolute);
  const inputs = locals.flatMap((local) =>
    local.files.map(({ path: file, digest, executable }): InstallInput => {
      const from = path.join(folderOf(local), file);
      return { path: place(from), from, digest, hashed: digest, executable, edits: [] };
    }),
  );
  return {
    ...gitOf(locals, place),
    inputs: [...new Map(inputs.map((input) => [input.path, input])).values()],
    workingDirectory: place(home),
    reference: (absolute) => {
      const relative = relativePath(home, absolute);
      return relative.startsWith('.') ? relative : `./${relative}`;
    },
  };
};
