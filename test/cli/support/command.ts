import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';

const cache = temporaryFolder();
const main = require.resolve('../../../src/cli/main');
const loader = require.resolve('tsx/cjs');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  /** @default nothing */
  readonly input?: string;
  /** @default an environment with uv and without pip and docker */
  readonly environment?: NodeJS.ProcessEnv;
}

/** How the command line is started. */
export const commandOf = (args: readonly string[]): readonly string[] => [
  process.execPath,
  '--require',
  loader,
  main,
  ...args,
];

/** Runs the command line as a process of its own. */
export const cli = (args: readonly string[], options: CommandOptions): Promise<Ended> =>
  started(commandOf(args), options);

/** Runs a program to its end. */
export const started = async (
  [program = '', ...argv]: readonly string[],
  { cwd, input = '', environment = environmentWith({ uv: true }) }: CommandOptions,
): Promise<Ended> => {
  const child = spawn(program, argv, {
    cwd,
    env: { CDK_LAMBDA_PYTHON_CACHE: cache, ...environment },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'exit') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
};
