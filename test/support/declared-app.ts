import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { PythonFunction } from '../../src/construct/index';
import type { BundlingOptions } from '../../src/construct/index';
import { functionIn, messageOf, realApp, withEnvironment } from '../construct/support/app';
import { freePort } from './free-port';
import { environmentWith, hostPython } from './python-tools';
import { temporaryFolder } from './temporary';
import { wheelFolder } from './wheel';

export const TOOLS = ['uv', 'pip'] as const;

export type Tool = (typeof TOOLS)[number];

/** A machine with one installer and a store of its own. */
export const machine = (tool: Tool): NodeJS.ProcessEnv => ({
  ...environmentWith({ [tool]: true }),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  UV_CACHE_DIR: temporaryFolder(),
  PIP_CACHE_DIR: temporaryFolder(),
});

/** Makes one function for each set of options from one folder, in one app. */
export const synthesized = (
  environment: NodeJS.ProcessEnv,
  entry: string,
  options: readonly BundlingOptions[],
): readonly PythonFunction[] =>
  withEnvironment(environment, () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const functions = options.map((bundling, index) =>
      functionIn(stack, `F${index}`, { entry, bundling: { packaging: 'directory', ...bundling } }),
    );
    app.synth();
    return functions;
  });

export const textIn = (fn: PythonFunction, file: string): string =>
  fs.readFileSync(path.join(PythonFunction.planOf(fn).output.path, file), 'utf8').trim();

export const refusal = (entry: string, bundling: BundlingOptions): string =>
  messageOf(() => PythonFunction.planOf(functionIn(new Stack(realApp(), 'Stack'), 'F', { entry, bundling })));

/** A wheel `lib` 1 whose module says this. */
export const wheelOf = (says: string): string => wheelFolder('lib', { 'lib.py': `${says}\n` });

/** The same in a folder that is laid out as a package index. */
export const indexOf = (says: string): string => {
  const [name = ''] = fs.readdirSync(wheelOf(says));
  const folder = temporaryFolder();
  const project = path.join(folder, 'simple', 'lib');
  fs.mkdirSync(project, { recursive: true });
  fs.copyFileSync(path.join(wheelOf(says), name), path.join(project, name));
  fs.writeFileSync(path.join(project, 'index.html'), `<a href="${name}">${name}</a>\n`);
  return folder;
};

/** Serves a folder until the work ends, from a process of its own: a synthesis blocks this one. */
export const serving = async (folder: string, work: (url: string) => Promise<void>): Promise<void> => {
  const port = await freePort();
  const server = spawn(hostPython(), ['-m', 'http.server', String(port), '--bind', '127.0.0.1'], {
    cwd: folder,
    stdio: 'ignore',
  });
  try {
    const url = `http://127.0.0.1:${port}/simple`;
    for (let tries = 0; tries < 200; tries += 1) {
      if (
        await fetch(url).then(
          () => true,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await work(url);
  } finally {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  }
};
