import { spawnSync } from 'node:child_process';

/** A program to run to its end. */
export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly input?: string;
}

export interface Finished {
  /** What it printed on stdout. */
  readonly stdout: string;
  /** Wall time, start of the process included. */
  readonly seconds: number;
}

/** Runs a program and times it; throws the end of what it said where it fails. */
export const run = ({ argv, cwd, environment, input }: Command): Finished => {
  const [program = '', ...args] = argv;
  const start = performance.now();
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: environment,
    input: input ?? '',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (error !== undefined) throw error;
  if (status === 0) return { stdout, seconds };
  throw new Error(
    `${argv.slice(0, 4).join(' ')} …: ${signal ?? `exit code ${status}`}\n${tail(stdout + stderr)}`,
  );
};

/** Runs programs one after the other; their time is the sum. */
export const runAll = (commands: readonly Command[]): number =>
  commands.reduce((total, command) => total + run(command).seconds, 0);

/** What a program printed, or undefined where it cannot be run or fails. */
export const ask = (
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined => {
  try {
    return run({ argv, cwd: process.cwd(), environment }).stdout.trim();
  } catch {
    return undefined;
  }
};

const tail = (output: string): string => output.trim().split('\n').slice(-15).join('\n');
