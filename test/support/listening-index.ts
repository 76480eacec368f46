import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { environmentWith, hostPython } from './python-tools';
import { temporaryFolder } from './temporary';

/** What an index is asked: the host as it is written, the path, and who asks. */
export interface Asked {
  readonly host: string;
  readonly url: string;
  readonly authorization: string;
}

/** An index on this machine that has nothing, and notes what it is asked. */
export const listeningIndex = async () => {
  const asked: Asked[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({ host: headers.host ?? '', url, authorization: headers.authorization ?? '' });
    if (headers.authorization === undefined)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="index"' }).end('who?');
    else response.writeHead(404).end('not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => (server.closeAllConnections(), server.close()),
  };
};

/** One tool, and no index of this machine. */
export const cleanEnvironment = (tool: 'uv' | 'pip'): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(environmentWith({ [tool]: true })).filter(([name]) => !/^(PIP|UV)_|_proxy$/i.test(name)),
  ),
  HOME: temporaryFolder(),
});

/** Has a tool look for a package at an index, which a requirements file names. */
export const ask = async (tool: 'uv' | 'pip', url: string, environment: NodeJS.ProcessEnv): Promise<void> => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'r.txt'), `--index-url ${url}\nno-such-lib==1\n`);
  const [program, ...argv] =
    tool === 'uv'
      ? ['uv', 'pip', 'install', '--no-cache', '--no-config', '--python', hostPython()]
      : [hostPython(), '-I', '-m', 'pip', 'install', '--no-cache-dir', '--no-input', '--retries', '0'];
  const options = {
    cwd: folder,
    env: { ...environment, UV_HTTP_RETRIES: '0', UV_NO_PROGRESS: '1' },
    stdio: 'ignore' as const,
  };
  const child = spawn(program ?? '', [...argv, '--target', path.join(folder, 't'), '-r', 'r.txt'], options);
  await once(child, 'close');
};
