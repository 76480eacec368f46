import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { hostPython } from './python-tools';
import { temporaryFolder } from './temporary';

const WHEEL = 'private_lib-1-py3-none-any.whl';

/** The Python program that writes that wheel to the path it is given. */
export const makeWheel = `
import sys, zipfile
info = 'private_lib-1.dist-info/'
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('private_lib.py', 'PRIVATE = True\\n')
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: private-lib\\nVersion: 1\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', ''.join(name + ',,\\n' for name in ('private_lib.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD')))
`;

/** A package index on this machine that has `private-lib` 1 for who knows the password, and what a test adds. */
export interface PrivateIndex {
  /** Without user name and password. */
  readonly url: string;
  /** The URL with the user name `aws` and this password. */
  readonly urlWith: (password: string) => string;
  /** From now on, this is the password. */
  readonly setPassword: (password: string) => void;
  /** From now on, it has this file of a distribution as well. */
  readonly add: (name: string, file: string, content: Buffer) => void;
  readonly close: () => void;
}

/** @param onRequest is told of each request while who asks waits for the answer; `stall` gives none */
export const privateIndex = async (
  onRequest: (url: string) => 'answer' | 'stall' = () => 'answer',
): Promise<PrivateIndex> => {
  const file = path.join(temporaryFolder(), WHEEL);
  execFileSync(hostPython(), ['-c', makeWheel, file]);
  const wheel = readFileSync(file);
  let password = '';
  const files = new Map<string, ReadonlyMap<string, Buffer>>([['private-lib', new Map([[WHEEL, wheel]])]]);
  const server: Server = createServer(({ url = '', headers }, response) => {
    if (onRequest(url) === 'stall') return;
    const expected = `Basic ${Buffer.from(`aws:${password}`).toString('base64')}`;
    if (headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end('no');
      return;
    }
    const [, kind, name = '', file] = (url ?? '').split('/');
    const listed = files.get(name);
    const content = file === undefined ? undefined : listed?.get(file);
    if (kind === 'simple' && listed !== undefined) {
      const links = [...listed.keys()].map((key) => `<a href="/files/${name}/${key}">${key}</a>`);
      response.writeHead(200, { 'content-type': 'text/html' }).end(links.join('\n'));
    } else if (kind === 'files' && content !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content);
    } else {
      response.writeHead(404).end('not here');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/simple`,
    urlWith: (secret) => `http://aws:${secret}@${host}/simple`,
    setPassword: (secret) => (password = secret),
    add: (name, added, content) => {
      files.set(name, new Map([...(files.get(name) ?? []), [added, content]]));
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** What runs in the thread of an index: each password it is sent is confirmed. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
require('tsx/cjs');
require(workerData).privateIndex().then(({ url, setPassword }) => {
  parentPort.on('message', (password) => parentPort.postMessage(setPassword(password)));
  parentPort.postMessage(url);
});
`;

/** The same index in a thread of its own, where it answers while a synthesis keeps this one busy. */
export const indexInThread = async () => {
  const thread = new Worker(THREAD, { eval: true, workerData: __filename });
  const [url] = (await once(thread, 'message')) as [string];
  return {
    urlWith: (password: string): string => url.replace('//', `//aws:${password}@`),
    setPassword: async (password: string): Promise<void> => {
      const confirmed = once(thread, 'message');
      thread.postMessage(password);
      await confirmed;
    },
    close: async (): Promise<void> => {
      await thread.terminate();
    },
  };
};

const argumentsOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended.
  }
};

const processesNow = (): readonly string[] => readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));

/** The arguments of all processes that this machine has now. */
export const argumentsNow = (): readonly string[] => processesNow().map(argumentsOf);

/**
 * The arguments of all processes of this machine, as often as they can be looked at while something is done. What ran
 * before is looked at twice, before and after it: to read the arguments of a whole machine takes as long as the pause does.
 */
export const watchingArguments = async <A>(work: () => Promise<A>): Promise<readonly [A, string]> => {
  const before = new Set(processesNow());
  const seen = new Set(argumentsNow());
  const look = (): void => {
    const now = processesNow();
    for (const pid of now) if (!before.has(pid)) seen.add(argumentsOf(pid));
    // The number of a process that has ended can be that of a new one.
    const running = new Set(now);
    for (const pid of before) if (!running.has(pid)) before.delete(pid);
  };
  const timer = setInterval(look, 10);
  try {
    const made = await work();
    argumentsNow().forEach((argv) => seen.add(argv));
    return [made, [...seen].join('\n')];
  } finally {
    clearInterval(timer);
  }
};

/** Files below a folder that have a text in their names or their content. */
export const filesWith = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => file.includes(text) || readFileSync(file).includes(text));
