import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request } from 'node:http';
import type { Socket } from 'node:net';
import { connect, createServer as createRelay } from 'node:net';
import * as path from 'node:path';

/**
 * The way out of a host that has no network but its own loopback: a relay on that host and a proxy on this machine, with a
 * unix socket between them, which needs no network. Both are programs, since a test may keep its own process busy.
 */

/** What names mean to the proxy. */
export interface Names {
  /** Where a name and port lead to on this machine: `{ 'registry.test:5000': 40123 }` */
  readonly here: Readonly<Record<string, number>>;
  /** Hosts that answer 403: those whose content is to come from a mirror, and never from elsewhere. */
  readonly refused: readonly string[];
}

const program = [process.execPath, '-r', require.resolve('tsx/cjs'), __filename] as const;

/** Listens on a unix socket as an HTTP proxy. */
export const proxyCommand = (socket: string, names: Names): readonly [string, ...string[]] => [
  ...program,
  'proxy',
  path.resolve(socket),
  JSON.stringify(names),
];

/** Listens on a loopback port, and hands on to a unix socket. */
export const relayCommand = (socket: string, port: number): readonly [string, ...string[]] => [
  ...program,
  'relay',
  path.resolve(socket),
  String(port),
];

/** What each prints when it listens. */
export const LISTENS = 'the way out is open';

const join = (one: Socket, other: Socket): void => {
  one.on('error', () => other.destroy()).on('close', () => other.destroy());
  other.on('error', () => one.destroy()).on('close', () => one.destroy());
  one.pipe(other).pipe(one);
};

const relay = (socket: string, port: number): void => {
  createRelay((client) => {
    join(client, connect(socket));
  }).listen(port, '127.0.0.1', () => {
    console.log(LISTENS);
  });
};

const proxy = (socket: string, { here, refused }: Names): void => {
  /** Where a request goes; undefined where it may not. A loopback address is one of this machine, as a mapped name is. */
  const target = (host: string, port: number): { host: string; port: number } | undefined => {
    const mapped = here[`${host}:${port}`];
    if (mapped !== undefined) return { host: '127.0.0.1', port: mapped };
    return refused.includes(host) ? undefined : { host, port };
  };
  const forward = (asked: IncomingMessage, answer: ServerResponse): void => {
    const { hostname, port, pathname, search } = new URL(asked.url ?? '');
    const to = target(hostname, Number(port === '' ? 80 : port));
    if (to === undefined) {
      answer.writeHead(403).end(`${hostname} is not to be had from here`);
      return;
    }
    const { method, headers } = asked;
    const sent = request({ ...to, method, path: `${pathname}${search}`, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    sent.on('error', ({ message }) => {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end(message);
    });
    asked.on('error', () => sent.destroy());
    asked.pipe(sent);
  };
  const server = createServer(forward);
  server.on('connect', ({ url = '' }: IncomingMessage, client: Socket, head: Buffer) => {
    const { hostname, port } = new URL(`https://${url}`);
    const to = target(hostname, Number(port === '' ? 443 : port));
    if (to === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const opened = connect(to.port, to.host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      opened.write(head);
    });
    join(client, opened);
  });
  server.listen(socket, () => {
    console.log(LISTENS);
  });
};

if (require.main === module) {
  const [role, socket = '', setting = ''] = process.argv.slice(2);
  if (role === 'relay') relay(socket, Number(setting));
  else proxy(socket, JSON.parse(setting) as Names);
}
