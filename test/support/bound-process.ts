import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** A server of a test. */
export interface BoundProcess {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** Ends it, and waits until it is no more. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Starts a program that the kernel ends with this process, however that ends; what it prints is added to a file. */
export const startBound = (
  [command, ...args]: readonly [string, ...string[]],
  log: string,
  env: NodeJS.ProcessEnv = process.env,
): BoundProcess => {
  const output = openSync(log, 'a');
  const child: ChildProcess = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    env,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  const ended = once(child, 'exit');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    hasEnded,
    end: async (signal) => {
      if (!hasEnded()) child.kill(signal);
      await ended;
    },
  };
};

const PATIENCE = 30_000;

/** Looks again and again until something is so; throws after half a minute, or when it cannot become so any more. */
export const waitUntil = async (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  whyNever: () => string | undefined = () => undefined,
): Promise<void> => {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    const never = whyNever();
    if (never !== undefined) throw new Error(`${what}: ${never}`);
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
