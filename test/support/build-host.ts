import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BoundProcess } from './bound-process';
import { startBound, waitUntil } from './bound-process';
import { BUILDKITD } from './fleet-tools';
import { LISTENS, relayCommand } from './way-out';

/** Where on its own loopback a builder has its way out: builds on it name this as their proxy. */
export const PROXY_PORT = 3128;

/** A BuildKit daemon on a host of its own: with a network, processes and mounts that nothing else has. */
export interface BuildHost {
  /** Its unix socket, which crosses network namespaces; `unix://` and a path. */
  readonly address: string;
  /** Starts it, or starts it again with what it had; waits until it takes builds. */
  readonly start: () => Promise<void>;
  /** The power is cut: the daemon ends with all that it runs. Its socket stays, and refuses. */
  readonly kill: () => Promise<void>;
  /** It stays, and does nothing any more (SIGSTOP). */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly isRunning: () => boolean;
  /** What the daemon has printed. */
  readonly log: () => string;
  /** The commands that its builds run now, each with its arguments between spaces. */
  readonly running: () => readonly string[];
  /** Waits until one of its builds runs a command with this text among its arguments. */
  readonly whenBusy: (text?: string) => Promise<void>;
  /** Ends it, and removes what it has. */
  readonly remove: () => Promise<void>;
}

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
}

const processes = (): readonly Process[] =>
  fs.readdirSync('/proc').flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const [, name = '', parent] =
        /\((.*)\) \S (\d+)/s.exec(fs.readFileSync(`/proc/${id}/stat`, 'utf8')) ?? [];
      return [{ id: Number(id), parent: Number(parent), name }];
    } catch {
      return []; // It has ended.
    }
  });

/** A process's descendants, parents first. */
const descendants = (of: number): readonly Process[] => {
  const all = processes();
  const below = (id: number): readonly Process[] =>
    all.filter(({ parent }) => parent === id).flatMap((child) => [child, ...below(child.id)]);
  return below(of);
};

const argumentsOf = (id: number): string => {
  try {
    return fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
};

/** Where runc puts the control groups of a parent: one tree, or one for each controller. */
const controlGroups = (parent: string): readonly string[] => {
  const root = '/sys/fs/cgroup';
  return [root, ...fs.readdirSync(root).map((name) => path.join(root, name))]
    .map((folder) => path.join(folder, parent))
    .filter((folder) => fs.existsSync(folder));
};

const removeGroup = (folder: string): void => {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(path.join(folder, entry.name));
  fs.rmdirSync(folder);
};

export interface BuildHostSettings {
  readonly folder: string;
  /** Name of the control group that holds those of its builds. */
  readonly group: string;
  /** The proxy's unix socket. */
  readonly proxy: string;
  /** Name of the registry in place of which others are never asked. */
  readonly registry: string;
  readonly mirrored: readonly string[];
}

const configuration = ({ group, registry, mirrored }: BuildHostSettings): string =>
  [
    ...['[worker.oci]', `defaultCgroupParent = "/${group}"`],
    ...[`[registry."${registry}"]`, 'http = true'],
    ...mirrored.flatMap((host) => [`[registry."${host}"]`, `mirrors = ["${registry}"]`]),
  ].join('\n');

export const buildHost = (settings: BuildHostSettings): BuildHost => {
  const { folder, group } = settings;
  const file = (name: string): string => path.join(folder, name);
  const [socket, log, relayLog] = [file('buildkitd.sock'), file('buildkitd.log'), file('relay.log')];
  const proxy = `http://127.0.0.1:${PROXY_PORT}`;
  fs.writeFileSync(file('buildkitd.toml'), configuration(settings));
  const daemon = [
    ...[BUILDKITD, '--config', file('buildkitd.toml'), '--root', file('root'), '--addr', `unix://${socket}`],
    ...['--otel-socket-path', file('otel.sock'), '--containerd-worker=false', '--oci-worker=true'],
    // A build's own network would have no proxy on its loopback.
    '--oci-worker-net=host',
  ];
  let host: BoundProcess | undefined;
  const start = async (): Promise<void> => {
    fs.rmSync(socket, { force: true });
    fs.rmSync(relayLog, { force: true });
    const started = startBound(
      [
        // The daemon is the first process of its namespace: the kernel ends all others of it with the first one, and
        // takes network and mounts away with the last one.
        ...(['unshare', '--net', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child'] as const),
        ...['sh', '-ec', 'ip link set lo up; eval "$RELAY" >"$0" 2>&1 & exec "$@"'],
        ...[relayLog, ...daemon],
      ],
      log,
      {
        ...process.env,
        RELAY: relayCommand(settings.proxy, PROXY_PORT)
          .map((word) => `'${word}'`)
          .join(' '),
        ...{ HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' },
      },
    );
    host = started;
    await waitUntil(
      'a builder listens',
      () =>
        fs.existsSync(socket) &&
        fs.existsSync(relayLog) &&
        fs.readFileSync(relayLog, 'utf8').includes(LISTENS),
      () => (started.hasEnded() ? `it has ended\n${fs.readFileSync(log, 'utf8')}` : undefined),
    );
  };
  const signal = (name: NodeJS.Signals): void => {
    if (host === undefined) throw new Error('this builder is not running');
    for (const { id } of descendants(host.pid)) {
      try {
        process.kill(id, name);
      } catch (error) {
        // One that was only waiting for its parent may go as soon as that runs again.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  };
  const kill = async (): Promise<void> => {
    // What cuts the power is the end of `unshare`; the namespace is empty before its first process is gone.
    const first = host === undefined ? undefined : descendants(host.pid)[0]?.id;
    await host?.end('SIGKILL');
    host = undefined;
    if (first !== undefined)
      await waitUntil('a builder has ended', () => !processes().some(({ id }) => id === first));
  };
  const running = (): readonly string[] => {
    if (host === undefined) return [];
    const all = descendants(host.pid);
    // A step's shell may start the program, and not become it.
    const programs = all
      .filter(({ name }) => name.startsWith('runc'))
      .flatMap(({ id }) => descendants(id))
      .filter(({ name }) => !name.startsWith('runc'));
    return programs.map(({ id }) => argumentsOf(id));
  };
  return {
    address: `unix://${socket}`,
    start,
    kill,
    freeze: () => {
      signal('SIGSTOP');
    },
    thaw: () => {
      signal('SIGCONT');
    },
    isRunning: () => host !== undefined && !host.hasEnded(),
    log: () => fs.readFileSync(log, 'utf8'),
    running,
    whenBusy: (text = '') =>
      waitUntil(`a builder runs ${text === '' ? 'something' : text}`, () =>
        running().some((command) => command.includes(text)),
      ),
    remove: async () => {
      await kill();
      await waitUntil('the control groups of a builder are free', () => {
        try {
          controlGroups(group).forEach(removeGroup);
          return true;
        } catch {
          return false; // The kernel has not done yet with what ran in one.
        }
      });
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
};
