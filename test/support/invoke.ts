import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { unpack } from './unpack';
import { hostPython, runtimeClient } from './python-tools';
import type { Answer, RuntimeError } from './runtime-api';
import { serveRuntimeApi, serviceError } from './runtime-api';

/** The outcome of one invocation; a failure comes with all that the process printed. */
export type Invocation =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly error: RuntimeError;
      /** The handler's prints, and the log of the runtime client. */
      readonly stdout: string;
      readonly stderr: string;
    };

export interface InvokeOptions {
  /** Path of the interpreter. @default the host's `python3` */
  readonly python?: string;
  /** Variables of the function, besides those of Lambda. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Bundles of the function's layers, in its order; as on Lambda, what a later one has at a path comes first. @default none */
  readonly layers?: readonly string[];
  /** Time limit in milliseconds, start of the interpreter included. @default 60000 */
  readonly timeoutMs?: number;
}

/**
 * Starts the runtime client with the search path of Lambda: first the bundle (`/var/task`), then layers
 * (`/opt/python/lib/python3.x/site-packages`, `/opt/python`), then the standard library and the client. Run with `-I -S`, so that no site-packages, user site, working directory or `PYTHON…` variable of
 * the host adds to it, and with `-B`, for a bundle is read-only on Lambda.
 */
const BOOTSTRAP = `
import os, sys
bundle, client, handler, *layers = sys.argv[1:]
site_packages = 'python/lib/python%d.%d/site-packages' % sys.version_info[:2]
opt = [os.path.join(layer, folder) for folder in (site_packages, 'python') for layer in layers]
sys.path[:] = [bundle, *opt, *sys.path, client]
sys.argv[:] = ['bootstrap', handler]
os.environ.setdefault('AWS_EXECUTION_ENV', 'AWS_Lambda_python%d.%d' % sys.version_info[:2])
from awslambdaric.__main__ import main
main(sys.argv)
`;

/**
 * Runs a bundle's handler, from a folder or a zip, on one event as Lambda does, with AWS's own runtime client.
 * Unlike on Lambda there is no boto3 but the bundle's own: a bundle has to stand on its own feet.
 *
 * @param handler Lambda's handler string, such as `index.lambda_handler`
 */
export const invoke = async (
  bundlePath: string,
  handler: string,
  event: unknown,
  { python = hostPython(), environment = {}, layers = [], timeoutMs }: InvokeOptions = {},
): Promise<Invocation> => {
  const bundle = path.resolve(unpack(bundlePath));
  const client = runtimeClient(python);
  const api = await serveRuntimeApi(event, timeoutMs);
  const opt = [...layers].reverse().map((layer) => path.resolve(unpack(layer)));
  const child = spawn(python, ['-I', '-S', '-B', '-c', BOOTSTRAP, bundle, client, handler, ...opt], {
    cwd: bundle,
    env: { ...lambdaEnvironment(bundle, handler), ...environment, AWS_LAMBDA_RUNTIME_API: api.address },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const kill = (): void => {
    killGroup(child);
  };
  process.once('exit', kill);
  try {
    const answer = await Promise.race([api.answer, exitOf(child)]);
    kill();
    const [stdout, stderr] = await output;
    return answer.ok ? answer : { ...answer, stdout, stderr };
  } finally {
    kill();
    process.off('exit', kill);
    await api.close();
  }
};

/** What Lambda reports when the process ends without an answer. */
const exitOf = async (child: ChildProcess): Promise<Answer> => {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  const how = code === null ? `signal: ${String(signal)}` : `exit status ${String(code)}`;
  return serviceError('Runtime.ExitError', `Runtime exited with error: ${how}`);
};

/** Kills the client and whatever its handler started: the child leads a process group of its own. */
const killGroup = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
};

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const lambdaEnvironment = (bundle: string, handler: string): NodeJS.ProcessEnv => ({
  _HANDLER: handler,
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
  AWS_LAMBDA_FUNCTION_NAME: 'test',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/test',
  AWS_LAMBDA_LOG_STREAM_NAME: '2024/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
  AWS_REGION: 'us-east-1',
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LAMBDA_TASK_ROOT: bundle,
  LANG: 'en_US.UTF-8',
  // The host's own comes last: some interpreters find their libpython by it.
  LD_LIBRARY_PATH: [bundle, path.join(bundle, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
  TZ: ':UTC',
});
