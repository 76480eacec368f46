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

/** A container that is to be run, with folders of this machine that it sees or that are copied to it and back. */
export interface ContainerRun {
  readonly program: string;
  readonly docker: Omit<DockerInstall, 'argv'>;
  readonly folders: Readonly<Record<ContainerFolder, string>>;
  readonly user: string;
  /** Absolute path of a netrc file. @default there is none */
  readonly netrc?: string;
  /** Values of the variables that the container is handed by name. */
  readonly environment: Readonly<Record<string, string>>;
}

/** How a run ended. */
export interface ContainerResult extends CommandResult {
  /** Whether it was the engine that failed, while files were copied, and not what runs in the container. */
  readonly isOfEngine: boolean;
}

/** Runs a container until it ends, or this process is told to. */
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
  /** What is also done where this process is told to end. */
  readonly cleanUp: Start;
}

/** A client that was killed leaves its container at work, in folders that are about to be removed. */
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

/** One command after the other, until one fails. */
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
