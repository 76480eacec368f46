import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { wheelsOnly } from '../../plan/install/container-install';
import type { DockerInstall } from '../../plan/model/install-plan';
import type { Downloads } from '../../plan/assembly/shared-downloads';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { mismatchedHash, pipComplaints, uvComplaints } from '../scripts/installer-output';
import type { ContainerResult, ContainerRun } from '../process/run-container';
import { succeeded } from '../process/shell';

type Folders = InstallTask['folders'];

type Run = (
  how: Pick<ContainerRun, 'docker' | 'folders'>,
) => Promise<E.Either<ExecutionError, ContainerResult>>;

/**
 * Runs a container with downloads. If wheels may be enough, the first run uses only wheels, with the downloads of all
 * sets. Only if they are not, a second run builds, with downloads that are thrown away.
 */
export const runWithDownloads = async (
  run: Run,
  downloads: Downloads,
  docker: DockerInstall,
  folders: Folders,
): ReturnType<Run> => {
  if (downloads === 'shared') return run({ docker, folders });
  if (downloads === 'wheels') {
    const first = await run({ docker: wheelsOnly(docker), folders });
    if (E.isLeft(first) || !lacksWheel(first.right)) return first;
    [folders.output, folders.bytecode].forEach(empty);
  }
  const cache = path.join(path.dirname(folders.output), 'cache');
  fs.mkdirSync(cache, { recursive: true });
  return run({ docker, folders: { ...folders, cache } });
};

/** Keeps the folder itself: its identity shows whether another process has removed it. */
const empty = (folder: string): void => {
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder))
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
};

/** A hash may be that of a source distribution although there is a wheel. */
const lacksWheel = (result: ContainerResult): boolean => {
  if (succeeded(result) || result.signal !== null || result.isOfEngine) return false;
  const said = [uvComplaints(result.output), pipComplaints(result.output)];
  return (
    said.some(
      ({ withoutWheel, unbuildable, refused }) =>
        withoutWheel.length > 0 || unbuildable !== undefined || refused !== undefined,
    ) || mismatchedHash(result.output) !== undefined
  );
};
