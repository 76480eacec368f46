import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port';
import { cached, hostPython, runTool, uv } from './python-tools';

/** moto's server (PyPI): the parts of AWS that the CDK CLI talks to, on this machine. */
const MOTO = '5.2.5';

const installed = (): string => {
  const python = hostPython();
  const version = runTool(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).trim();
  return cached(`moto-${MOTO}-${version}`, (folder) => {
    // pip takes 16 seconds of processor time for the same.
    runTool(uv(), [
      ...['pip', 'install', '--quiet', '--python', python, '--target', folder],
      `moto[server]==${MOTO}`,
    ]);
  });
};

/** An AWS of one's own; nothing of it is kept. */
export interface LocalAws {
  /** Variables that have a client, such as the CDK CLI, talk to it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Keys of a bucket's objects, in order. */
  readonly keys: (bucket: string) => Promise<readonly string[]>;
  /** An object's content. */
  readonly object: (bucket: string, key: string) => Promise<Buffer>;
  readonly stop: () => Promise<void>;
}

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

/** Starts one, and waits until it answers. */
export const startLocalAws = async (): Promise<LocalAws> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(hostPython(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, PYTHONPATH: installed() },
    stdio: 'ignore',
  });
  const ended = once(server, 'exit');
  for (let attempt = 0; ; attempt += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    if (attempt === 150 || server.exitCode !== null) throw new Error(`moto does not answer at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const get = async (path: string): Promise<Buffer> => {
    // Any signature will do; an object is not given to somebody without one.
    const answer = await fetch(`${url}/${path}`, { headers: { authorization: 'AWS test:test' } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  return {
    environment: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
    },
    keys: async (bucket) =>
      [...(await get(`${bucket}?list-type=2`)).toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(
        ([, key = '']) => key,
      ),
    object: (bucket, key) => get(`${bucket}/${key}`),
    stop: async () => {
      server.kill();
      await ended;
    },
  };
};
