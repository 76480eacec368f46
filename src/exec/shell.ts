import type { Task } from 'fp-ts/Task';
import { $ } from 'zx/core';

/** A program to run: never a shell string, always an argument vector. */
export interface Command {
  readonly argv: readonly string[];
  /** @default the current folder */
  readonly cwd?: string;
  /** Added to the shell's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  /** null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/** Runs a command and tells how it ended; a failing command is a result, not a rejection. */
export type Shell = (command: Command) => Task<CommandResult>;

/** The exit code of a shell that finds no program under a name (POSIX). */
export const NOT_FOUND = 127;

/** Whether a command did what it was asked. */
export const succeeded = ({ exitCode }: CommandResult): boolean => exitCode === 0;

/** How a command ended, in words. */
export const ending = ({ exitCode, signal }: CommandResult): string =>
  signal === null ? `exit code ${exitCode}` : `signal ${signal}`;

/**
 * The shell that runs programs of this machine; the only use of zx. Arguments go in as an array, which zx quotes one
 * by one, and `env` is given whole, because zx replaces the environment by it.
 */
export const liveShell =
  (ownEnvironment: NodeJS.ProcessEnv): Shell =>
  ({ argv, cwd, environment }) =>
  async () => {
    const run = $({
      nothrow: true,
      quiet: true,
      input: '',
      env: { ...ownEnvironment, ...environment },
      ...(cwd === undefined ? {} : { cwd }),
    });
    const { exitCode, signal, stdout, stdall } = await run`${[...argv]}`;
    return { exitCode, signal, stdout, output: stdall };
  };
