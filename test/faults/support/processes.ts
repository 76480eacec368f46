import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { repository } from '../../support/consumer';
import type { Scene } from './scene';

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that was started, in a group of its own as a terminal would have it. */
export interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Waits until it has printed a text to standard output. */
  readonly prints: (said: string) => Promise<void>;
}

/** Where in a run things happen to it: ten points spread over its length. */
export const TEN_POINTS = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

const start = ({ folder, environment }: Scene, argv: readonly string[]): Started => {
  const child = spawn(process.execPath, argv, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid === undefined) throw new Error('it could not be started');
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  const stderr = text(child.stderr);
  // Not `close`: what it leaves behind may hold its streams for longer.
  const ended = once(child, 'exit').then(async ([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout: printed,
    stderr: await Promise.race([stderr, sleep(1000).then(() => 'its streams are still open')]),
  }));
  return {
    child,
    pid: child.pid,
    ended,
    prints: (said) => until(() => printed.includes(said) || child.exitCode !== null),
  };
};

/** Synthesizes the app of a scene. */
export const startApp = (scene: Scene): Started => start(scene, [path.join(scene.folder, 'app.cjs')]);

const MAIN = path.join(repository, 'lib/cli/main.js');

/** Has the command line look after the store of a scene. */
export const startCache = (scene: Scene, ...argv: readonly string[]): Started =>
  start(scene, [MAIN, 'cache', ...argv]);

/** Has the command line make the bundle of a scene's function. */
export const startCommand = (scene: Scene, ...more: readonly string[]): Started => {
  const out = path.join(scene.output, 'asset.zip');
  return start(scene, [
    ...[MAIN, 'bundle', scene.entry, '--out', out, '--force', '--runtime', '3.13'],
    ...['--executor', scene.environment['CDK_DOCKER'] === undefined ? 'docker' : 'host', ...more],
  ]);
};

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for something that comes sooner or later, on the busiest machine. */
export const until = async (isSo: () => boolean, what = 'it did not come to that'): Promise<void> => {
  for (const deadline = Date.now() + 120_000; !isSo();) {
    if (Date.now() > deadline) throw new Error(what);
    await sleep(5);
  }
};

const readOrNothing = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It has ended, or it ends.
    return '';
  }
};

/** A process that runs. */
export interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly argv: readonly string[];
}

/** The processes of a scene, whoever is their parent by now: all have its token in their environment. */
export const processesOf = ({ token }: Scene): readonly Running[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readOrNothing(`/proc/${name}/environ`).includes(token))
    .map((name) => ({
      pid: Number(name),
      parent: Number(/^PPid:\s*(\d+)/m.exec(readOrNothing(`/proc/${name}/status`))?.[1]),
      argv: readOrNothing(`/proc/${name}/cmdline`).split('\0').slice(0, -1),
    }))
    .filter(({ argv }) => argv.length > 0);

/** The process that makes bundles for an app. */
export const runnerOf = (scene: Scene, app: Started): Running | undefined =>
  processesOf(scene).find(
    ({ parent, argv }) => parent === app.pid && argv.some((argument) => argument.endsWith('runner.js')),
  );

const lines = (...argv: readonly string[]): readonly string[] =>
  execFileSync('docker', argv, { encoding: 'utf8' }).split('\n').filter(Boolean);

/** The names of a scene's containers, ended or not: their folders are in its store. */
export const containersOf = ({ store, environment }: Scene): readonly string[] =>
  environment['CDK_DOCKER'] === undefined
    ? lines('ps', '--all', '--filter', `volume=${store}/v4/downloads`, '--format', '{{.Names}}')
    : [];

/** The names of the containers and volumes that a process has made. */
export const madeBy = (pid: number): readonly string[] => [
  ...lines('ps', '--all', '--filter', `name=cdk-lambda-python-${pid}-`, '--format', '{{.Names}}'),
  ...lines('volume', 'ls', '--filter', `name=cdk-lambda-python-${pid}-`, '--format', '{{.Name}}'),
];

/** Ends a process, or a group where the number is negative, if it has not ended. */
export const kill = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It was faster.
  }
};
