import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from './temporary';

/** A container engine that only one test has, and may do anything to; it has no network but that of this machine. */
export interface OwnEngine {
  /** Value of DOCKER_HOST. */
  readonly host: string;
  /** Runs a program where the engine is, and answers what it prints. */
  readonly there: (program: string, ...args: readonly string[]) => string;
  /** The namespace of its mounts, as `nsenter --mount` takes it. */
  readonly mounts: () => string;
  /** Runs the client, and answers what it prints. */
  readonly docker: (...args: readonly string[]) => string;
  readonly start: () => Promise<void>;
  readonly stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  /** Ids of all containers, and names of all volumes. */
  readonly left: () => readonly string[];
  /** Ends it with all that it has started, and removes all that it has. */
  readonly remove: () => Promise<void>;
}

const PATIENCE = 30_000;

const waitFor = async (what: string, isSo: () => boolean): Promise<void> => {
  const end = Date.now() + PATIENCE;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** The processes that have a folder among their arguments: what an engine starts outlives it when it is killed. */
const processesIn = (folder: string): readonly number[] =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`)
    .filter((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);

const mountsIn = (folder: string): readonly string[] =>
  fs
    .readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(folder));

/** Why no second engine can be started here; undefined where one can. */
export const engineSkipReason = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'only root can start a second container engine';
  return spawnSync('dockerd', ['--version']).status === 0 ? undefined : 'there is no dockerd to start';
};

/** What an engine is to be like. */
export interface OwnEngineOptions {
  /** A folder of this machine that is another, empty one where the engine is. @default it sees what this machine does */
  readonly hides?: string;
}

/** A program and its arguments, on a machine of which one folder is another: what is mounted ends with its last process. */
const elsewhere = (hidden: string, argv: readonly string[]): readonly string[] => [
  ...['unshare', '--mount', '--propagation', 'private', 'sh', '-c'],
  'mount -t tmpfs elsewhere "$0" && exec "$@"',
  ...[hidden, ...argv],
];

/** Starts an engine that has an image of this machine's. */
export const ownEngine = async (image: string, { hides }: OwnEngineOptions = {}): Promise<OwnEngine> => {
  const folder = temporaryFolder('cdk-lambda-python-engine-');
  const socket = path.join(folder, 'socket');
  const host = `unix://${socket}`;
  let daemon: ChildProcess | undefined;
  const docker = (...args: readonly string[]): string =>
    execFileSync('docker', args, {
      env: { ...process.env, DOCKER_HOST: host },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const isUp = (): boolean =>
    spawnSync('docker', ['version'], { env: { ...process.env, DOCKER_HOST: host } }).status === 0;
  const start = async (): Promise<void> => {
    const log = fs.openSync(path.join(folder, 'log'), 'a');
    // It shares the machine's bridge: an engine that is told to have none, or another, takes that away from the other.
    const dockerd = [
      ...['dockerd', '--data-root', path.join(folder, 'data'), '--exec-root', path.join(folder, 'exec')],
      ...['--pidfile', path.join(folder, 'pid'), '--host', host, '--iptables=false'],
      ...['--ip6tables=false', '--ip-forward=false', '--ip-masq=false', '--shutdown-timeout=1'],
    ];
    const [program = '', ...args] = hides === undefined ? dockerd : elsewhere(hides, dockerd);
    daemon = spawn(program, args, { stdio: ['ignore', log, log], detached: true });
    await waitFor('the engine', isUp);
  };
  const stop = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (daemon === undefined) return;
    const ended = once(daemon, 'exit');
    daemon.kill(signal);
    await ended;
    daemon = undefined;
    fs.rmSync(path.join(folder, 'pid'), { force: true });
    // What runs containers for it: a service manager ends it with its daemon.
    const runner = path.join(folder, 'exec', 'containerd');
    for (const id of processesIn(path.join(runner, 'containerd.toml'))) process.kill(id, 'SIGKILL');
    await waitFor('containerd to end', () => processesIn(path.join(runner, 'containerd.toml')).length === 0);
    fs.rmSync(path.join(runner, 'containerd.pid'), { force: true });
  };
  const remove = async (): Promise<void> => {
    await stop('SIGTERM');
    for (const id of processesIn(folder)) process.kill(id, 'SIGKILL');
    await waitFor('its processes to end', () => processesIn(folder).length === 0);
    for (const place of [...mountsIn(folder)].reverse()) spawnSync('umount', ['--lazy', place]);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
    const saved = spawn('docker', ['save', image], { stdio: ['ignore', 'pipe', 'ignore'] });
    const load = spawn('docker', ['--host', host, 'load', '--quiet'], {
      stdio: [saved.stdout, 'ignore', 'ignore'],
    });
    const [code] = (await once(load, 'exit')) as [number];
    if (code !== 0) throw new Error(`it does not take the image ${image}`);
  } catch (error) {
    await remove();
    throw error;
  }
  const left = (): readonly string[] =>
    [docker('ps', '--all', '--quiet'), docker('volume', 'ls', '--quiet')].flatMap((names) =>
      names.split('\n').filter((name) => name !== ''),
    );
  const mounts = (): string => `/proc/${daemon?.pid}/ns/mnt`;
  const there = (program: string, ...args: readonly string[]): string =>
    execFileSync('nsenter', [`--mount=${mounts()}`, program, ...args], { encoding: 'utf8' });
  return { host, there, mounts, docker, start, stop, left, remove };
};
