import { constants } from 'node:os';
import type { Task } from 'fp-ts/Task';
import { $, ps } from 'zx/core';
import { shellWord } from '../../plan/values/shell-word';
import { AGAIN, interruptible } from './interruptible';

/**
 * A program to run, always as a list of arguments and never as a shell string.
 *
 * @since 0.1.0
 */
export interface Command {
  readonly argv: readonly string[];
  /** @default - the current folder */
  readonly cwd?: string;
  /** Variables that are added to the shell's environment, or replace it if `bare` is set. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the command sees only the variables of `environment`. @default false */
  readonly bare?: boolean;
  /** Whether it cleans up after other commands, and so also runs while a signal ends this process. @default false */
  readonly isCleanUp?: boolean;
  /** Ends the command and all that it has started, as a signal to this process does. @default - no signal */
  readonly signal?: AbortSignal;
}

/**
 * The exit code or signal of a command, and its output.
 *
 * @since 0.1.0
 */
export interface CommandResult {
  /** null if a signal ended the command. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/**
 * Runs a command and gives its result. A failed command is a result too, not a rejection.
 *
 * @since 0.1.0
 */
export type Shell = (command: Command) => Task<CommandResult>;

/** The exit code of a shell that does not find a program (POSIX). */
export const NOT_FOUND = 127;

/** Whether a command succeeded. */
export const succeeded = ({ exitCode }: CommandResult): boolean => exitCode === 0;

/** A shell, or the client of a container engine, adds this to the number of a signal to report it as an exit code. */
const SIGNALLED = 128;

/** The exit code or signal of a command, in words. */
export const ending = ({ exitCode, signal }: CommandResult): string => {
  if (signal !== null) return `signal ${signal}`;
  const inside = Object.entries(constants.signals).find(([, number]) => exitCode === SIGNALLED + number)?.[0];
  return inside === undefined ? `exit code ${exitCode}` : `exit code ${exitCode} (signal ${inside})`;
};

/** The result of a command that was not started, because its run was stopped. */
export const NOT_BEGUN: CommandResult = { exitCode: null, signal: 'SIGINT', stdout: '', output: '' };

/** A program and all that it has started (build backends, commands); itself alone if its children cannot be listed. */
const processTree = async (pid: number): Promise<readonly number[]> => {
  const below = await ps.tree({ pid, recursive: true }).catch(() => []);
  return [pid, ...below.map((one) => Number(one.pid))];
};

/**
 * Ends a program and all that it has started: the first call asks them to end, and later calls kill them. Children that
 * lost their parent by the first call are killed too.
 */
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
        // The program has ended.
      }
    }
    signal = 'SIGKILL';
  };
};

/** Asks a program to end when a signal comes, and kills it if it has not ended soon after. */
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

/** How many bytes of a command's output are kept: the last ones, which say how it ended. */
const MOST_KEPT = 16 * 1024 * 1024;

/** A list that drops its first pieces once it holds more than {@link MOST_KEPT} bytes. */
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
 * The shell that runs programs of this machine; the only use of zx. zx quotes each argument of the array. `env` is the
 * whole environment, because zx replaces the environment by it. `exec` replaces the shell by the program, so that the
 * signal that ends the program is seen; any `sh` can do that if there is no bash. Programs get no standard input: the
 * pipes of Node.js are sockets, and a bash that no other shell has started reads `~/.bashrc` then, as in a remote
 * session, and with it another PATH. A signal to this process ends the programs first.
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
        // Only bash understands the quotes of zx itself.
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
