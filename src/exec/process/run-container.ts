import { randomBytes } from 'node:crypto';
import { dockerArgv } from '../../plan/install/docker-argv';
import type { ContainerFolder } from '../../plan/install/docker-argv';
import type { DockerInstall } from '../../plan/model/install-plan';
import type { CopyNames, CopyRun } from '../../plan/install/volume-copy';
import {
  copyIn,
  copyNames,
  copyOut,
  copyRemove,
  copyRun,
  copyStop,
  namedRun,
} from '../../plan/install/volume-copy';
import { interruptible } from './interruptible';
import type { CommandResult, Shell } from './shell';
import { NOT_BEGUN, succeeded } from './shell';
import { newName } from '../files/temporary';

/** A container to run, with the folders of this machine that are mounted in it, or copied to it and back. */
export interface ContainerRun {
  readonly program: string;
  readonly docker: Omit<DockerInstall, 'argv'>;
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  readonly user: string;
  /** Absolute path of a netrc file. @default - no netrc file */
  readonly netrc?: string;
  /** Values of the variables that the engine passes to the container by name. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The result of a container's run. */
export interface ContainerResult extends CommandResult {
  /** Whether the engine failed while it copied files, and not the program in the container. */
  readonly isOfEngine: boolean;
}

/** Runs a container until it ends, or until a signal ends this process. */
export const runContainer = async (shell: Shell, run: ContainerRun): Promise<ContainerResult> => {
  const { program, environment } = run;
  const names = copyNames(newName(randomBytes(12).toString('hex')));
  const engine: Engine = {
    start: (argv) => shell({ argv: [program, ...argv], environment })(),
    cleanUp: (argv) => shell({ argv: [program, ...argv], environment, isCleanUp: true })(),
  };
  const { docker, folders, user, netrc } = run;
  if (docker.fileAccess === 'copy') return runOnCopies(engine, { ...run, names });
  const locations = { folders, user, ...(netrc === undefined ? {} : { netrc }) };
  return runMounted(engine, namedRun(dockerArgv(docker, locations), names), names);
};

type Start = (argv: readonly string[]) => Promise<CommandResult>;

interface Engine {
  readonly start: Start;
  /** Starts a command that also runs while a signal ends this process. */
  readonly cleanUp: Start;
}

/** Mounts the folders. A killed client leaves its container running, in folders that are about to be removed. */
const runMounted = (
  { start, cleanUp }: Engine,
  argv: readonly string[],
  names: CopyNames,
): Promise<ContainerResult> =>
  interruptible(
    async (isStopped) => {
      const result = isStopped() ? NOT_BEGUN : await start(argv);
      if (isStopped() || result.signal !== null) await cleanUp(copyStop({ names })).catch(() => undefined);
      return { ...result, isOfEngine: false };
    },
    () => cleanUp(copyStop({ names })),
  );

/** Copies the folders in, runs the container and copies its results back, until a step fails. */
const runOnCopies = ({ start, cleanUp }: Engine, run: CopyRun): Promise<ContainerResult> =>
  interruptible(
    async (isStopped) => {
      const inTurn = async (steps: readonly (readonly string[])[]): Promise<CommandResult | undefined> => {
        for (const argv of steps) {
          const result = isStopped() ? NOT_BEGUN : await start(argv);
          if (!succeeded(result)) return result;
        }
        return undefined;
      };
      try {
        const before = await inTurn(copyIn(run));
        if (before !== undefined) return { ...before, isOfEngine: true };
        const result = isStopped() ? NOT_BEGUN : await start(copyRun(run));
        const after = succeeded(result) ? await inTurn(copyOut(run)) : undefined;
        return after === undefined ? { ...result, isOfEngine: false } : { ...after, isOfEngine: true };
      } finally {
        for (const argv of copyRemove(run)) await cleanUp(argv).catch(() => undefined);
      }
    },
    () => cleanUp(copyStop(run)),
  );
