import { constants } from 'node:os';
import type { Task } from 'fp-ts/Task';
import { $, ps } from 'zx/core';
import { shellWord } from '../../plan/values/shell-word';
import { AGAIN, interruptible } from './interruptible';

/**
 * A program to run: never a shell string, always an argument vector.
 *
 * @since 0.1.0
 */
export interface Command {
  readonly argv: readonly string[];
  /** @default the current folder */
  readonly cwd?: string;
  /** Added to the shell's environment, or in its place. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether `environment` is all that the command sees. @default false */
  readonly bare?: boolean;
  /** Whether it takes away what others have left, and so runs when this process is told to end as well. @default false */
  readonly isCleanUp?: boolean;
  /** Ends it with all that it has started, as a signal to this process does. @default it ends by itself */
  readonly signal?: AbortSignal;
}

/**
 * How a command ended, and what it printed.
 *
 * @since 0.1.0
 */
export interface CommandResult {
  /** null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/**
 * Runs a command and tells how it ended; a failing command is a result, not a rejection.
 *
 * @since 0.1.0
 */
export type Shell = (command: Command) => Task<CommandResult>;

/** The exit code of a shell that finds no program under a name (POSIX). */
export const NOT_FOUND = 127;

/** Whether a command did what it was asked. */
export const succeeded = ({ exitCode }: CommandResult): boolean => exitCode === 0;

/** What a shell, or a container engine's client, adds to a signal's number where it reports one as an exit code. */
const SIGNALLED = 128;

/** How a command ended, in words. */
export const ending = ({ exitCode, signal }: CommandResult): string => {
  if (signal !== null) return `signal ${signal}`;
  const inside = Object.entries(constants.signals).find(([, number]) => exitCode === SIGNALLED + number)?.[0];
  return inside === undefined ? `exit code ${exitCode}` : `exit code ${exitCode} (signal ${inside})`;
};

/** What is said of a command that was not begun, because this process is told to end. */
export const NOT_BEGUN: CommandResult = { exitCode: null, signal: 'SIGINT', stdout: '', output: '' };

/** A program and all that it has started: a build backend, the commands of a hook. Where nothing tells, itself alone. */
const processTree = async (pid: number): Promise<readonly number[]> => {
  const below = await ps.tree({ pid, recursive: true }).catch(() => []);
  return [pid, ...below.map((one) => Number(one.pid))];
};

/** Ends a program with all that it has started: asked at first, then, also what has lost its parent by that, at once. */
const programEnder = (pidOf: () => number | undefined): (() => Promise<void>) => {
  const known = new Set<number>();
  let signal: NodeJS.Signals = 'SIGTERM';
  return async () => {
    const pid = pidOf();
    if (pid === undefined) return;
    for (const one of await processTree(pid)) known.add(one);
    for (const one of known) {
      try {
        process.kill(one, signal);
      } catch {
        // It has ended.
      }
    }
    signal = 'SIGKILL';
  };
};

/** Asks a program to end when a signal comes, and ends it when it has not done so soon after. */
const endedBy = async <A>(
  signal: AbortSignal | undefined,
  end: () => Promise<void>,
  work: Promise<A>,
): Promise<A> => {
  let again: NodeJS.Timeout | undefined;
  const begin = (): void => {
    void end();
    again = setInterval(() => void end(), AGAIN);
  };
  signal?.addEventListener('abort', begin, { once: true });
  try {
    return await work;
  } finally {
    signal?.removeEventListener('abort', begin);
    clearInterval(again);
  }
};

/** Bytes of what a command prints that are kept: its last ones, which say how it ended. */
const MOST_KEPT = 16 * 1024 * 1024;

/** Takes pieces without end, and lets go of the first where there are too many. */
const lastPieces = (): Buffer[] => {
  const kept: Buffer[] = [];
  let size = 0;
  kept.push = (...pieces) => {
    for (const piece of pieces) {
      kept[kept.length] = piece;
      size += piece.length;
      while (size > MOST_KEPT && kept.length > 1) size -= kept.shift()?.length ?? 0;
    }
    return kept.length;
  };
  return kept;
};

/**
 * The shell that runs programs of this machine; the only use of zx. Arguments go in as an array, which zx quotes one
 * by one, and `env` is given whole, because zx replaces the environment by it. `exec` puts the program in the shell's
 * place, so that a signal that ends it is seen, and any `sh` will do where there is no bash. There is no standard input: node's
 * pipes are sockets, by which a bash that no other shell has started takes itself for a remote one and reads `~/.bashrc`,
 * with another PATH in it. Where this process is told to end, the programs are ended first.
 */
export const liveShell =
  (ownEnvironment: NodeJS.ProcessEnv): Shell =>
  ({ argv, cwd = process.cwd(), environment, bare = false, isCleanUp = false, signal }) =>
  async () => {
    const start = () =>
      $({
        nothrow: true,
        quiet: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        prefix: 'exec ',
        // zx's own way is one that only bash knows.
        quote: shellWord,
        store: { stdout: lastPieces(), stderr: lastPieces(), stdall: lastPieces() },
        cwd,
        env: bare ? { ...environment } : { ...ownEnvironment, ...environment },
      })`${[...argv]}`;
    const resultOf = async (run: ReturnType<typeof start>): Promise<CommandResult> => {
      const { exitCode, signal, stdout, stdall, cause } = await run;
      return { exitCode, signal, stdout, output: stdall === '' && cause ? cause.message : stdall };
    };
    if (isCleanUp) return resultOf(start());
    let run: ReturnType<typeof start> | undefined;
    const end = programEnder(() => run?.pid);
    return interruptible(async (isStopped) => {
      if (isStopped() || signal?.aborted === true) return NOT_BEGUN;
      run = start();
      return endedBy(signal, end, resultOf(run));
    }, end);
  };
