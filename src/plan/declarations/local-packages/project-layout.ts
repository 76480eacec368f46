import * as path from 'node:path';
import { folderOf, foldersWithGit } from './gathered-layout';
import type { GitMetadata } from '../../model/git-metadata';
import { gitOf } from './git-of';
import type { InstallInput } from '../../model/install-plan';
import { commonFolder, relativePath } from '../../values/paths';
import type { ProjectDeclaration } from '../../model/source-snapshot';

/** The places of a project's local packages among the gathered inputs. */
interface ProjectLayout {
  readonly inputs: readonly InstallInput[];
  /** The repositories from which packages take their version; absent if there are none. */
  readonly git?: readonly GitMetadata[];
  /** The folder in which the installer runs: that of the declaration. */
  readonly workingDirectory: string;
  /** The path of a local package from that folder, for a requirements file. */
  readonly reference: (absolute: string) => string;
}

/**
 * Lays out the installed local packages so that their positions to each other and to the declaration stay the same, and
 * the paths between them hold. Packages that are not installed on the target are not inputs.
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
