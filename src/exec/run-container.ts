import { randomBytes } from 'node:crypto';
import { dockerArgv } from '../plan/docker-argv';
import type { ContainerFolder } from '../plan/docker-argv';
import type { DockerInstall } from '../plan/install-plan';
import type { CopyRun } from '../plan/volume-copy';
import { copyIn, copyNames, copyOut, copyRemove, copyRun, copyStop } from '../plan/volume-copy';
import { interruptible } from './interruptible';
import type { CommandResult, Shell } from './shell';
import { succeeded } from './shell';

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

/** Runs a container until it ends. */
export const runContainer = async (shell: Shell, run: ContainerRun): Promise<ContainerResult> => {
  const { program, docker, folders, user, netrc, environment } = run;
  const start = async (argv: readonly string[]): Promise<CommandResult> =>
    shell({ argv: [program, ...argv], environment })();
  if (docker.fileAccess === 'copy') {
    return runOnCopies(start, { ...run, names: copyNames(randomBytes(12).toString('hex')) });
  }
  const locations = { folders, user, ...(netrc === undefined ? {} : { netrc }) };
  return { ...(await start(dockerArgv(docker, locations))), isOfEngine: false };
};

type Start = (argv: readonly string[]) => Promise<CommandResult>;

/** What a step says that was not begun, because the process is told to end. */
const STOPPED: CommandResult = { exitCode: null, signal: 'SIGINT', stdout: '', output: '' };

/** One command after the other, until one fails. */
const runOnCopies = (start: Start, run: CopyRun): Promise<ContainerResult> =>
  interruptible(
    async (isStopped) => {
      const inTurn = async (steps: readonly (readonly string[])[]): Promise<CommandResult | undefined> => {
        for (const argv of steps) {
          const result = isStopped() ? STOPPED : await start(argv);
          if (!succeeded(result)) return result;
        }
        return undefined;
      };
      try {
        const before = await inTurn(copyIn(run));
        if (before !== undefined) return { ...before, isOfEngine: true };
        const result = isStopped() ? STOPPED : await start(copyRun(run));
        const after = succeeded(result) ? await inTurn(copyOut(run)) : undefined;
        return after === undefined ? { ...result, isOfEngine: false } : { ...after, isOfEngine: true };
      } finally {
        for (const argv of copyRemove(run)) await start(argv).catch(() => undefined);
      }
    },
    () => start(copyStop(run)),
  );
