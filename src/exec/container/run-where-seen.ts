import * as E from 'fp-ts/Either';
import { volumesOf } from '../../plan/install/container-install';
import type { Values } from '../../plan/variables/installer-environment';
import { CANARY_NAME } from '../../plan/install/mount-canary';
import { CONTAINER_FOLDERS } from '../../plan/install/docker-argv';
import type { EngineSight } from './engine-sight';
import { engineName } from './engine-sight';
import type { ExecutionError } from '../errors/execution-error';
import { lastLines } from '../scripts/installer-output';
import { runMounted } from './mounts-seen';
import { refusedVolume } from './refused-mount';
import type { ContainerResult, ContainerRun } from '../process/run-container';
import { runContainer } from '../process/run-container';
import type { Shell } from '../process/shell';

/** Facts about an engine besides its name. */
interface EnginePlace {
  readonly sight: EngineSight;
  /** The variables of this machine that the client has. */
  readonly environment: Values;
}

type Ended = E.Either<ExecutionError, ContainerResult>;

/**
 * Runs a container with mounted folders of this machine if the engine sees them. If it does not, this run is repeated
 * with copies, and all later runs use copies: the mounted folders were others, or none.
 */
export const runWhereSeen = async (shell: Shell, run: ContainerRun, place: EnginePlace): Promise<Ended> => {
  const { sight } = place;
  if (run.docker.fileAccess === 'copy') return withVolumes(shell, run, place, await runContainer(shell, run));
  if (sight.isSeeing() === false) return copied(shell, run, place);
  const { result, isSeen } = await runMounted(shell, run, sight);
  if (isSeen !== undefined) sight.note(isSeen);
  return isSeen === false ? copied(shell, run, place) : withVolumes(shell, run, place, result);
};

/**
 * The user's volumes are not copied: the engine may have other folders at their paths, which would change the bundle.
 */
const copied = async (shell: Shell, run: ContainerRun, place: EnginePlace): Promise<Ended> => {
  const engine = await engineName(shell, run.program, place.environment);
  const volumes = hostPaths(run);
  if (volumes.length > 0) {
    const looked = `${CONTAINER_FOLDERS.tools}/${CANARY_NAME}, of ${run.folders.tools}`;
    return E.left({ _tag: 'FoldersNotSeen', engine, looked, volumes });
  }
  place.sight.tell(
    `${engine} does not see the folders of this machine, so files are copied to it and back. Set \`bundling.bundlingFileAccess\` to BundlingFileAccess.VOLUME_COPY to copy them from the start.`,
  );
  return E.right(await runContainer(shell, { ...run, docker: { ...run.docker, fileAccess: 'copy' } }));
};

const hostPaths = ({ docker }: ContainerRun): readonly string[] =>
  volumesOf(docker).map(({ source }) => source);

const withVolumes = async (
  shell: Shell,
  run: ContainerRun,
  { environment }: EnginePlace,
  result: ContainerResult,
): Promise<Ended> => {
  const refused = refusedVolume(result, hostPaths(run));
  if (refused === undefined) return E.right(result);
  const engine = await engineName(shell, run.program, environment);
  return E.left({ _tag: 'VolumeNotThere', path: refused, engine, output: lastLines(result.output) });
};
