import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { cache, packageCaches } from './places';
import { findPython, uvFolder } from './tools';

/** What npm and the user's shell put in, and what leads tools to other interpreters, settings or caches. */
const LEFT_OUT =
  /^(npm_.*|NODE_OPTIONS|NODE_COMPILE_CACHE|INIT_CWD|UV_.*|VIRTUAL_ENV|CONDA_PREFIX|PYTHON.*|PYENV_.*|CDK_(?!DOCKER$).*)$/;

/** Settings that say where packages come from are the machine's own business. */
const KEPT =
  /^UV_((DEFAULT_|EXTRA_)?INDEX(_URL)?|FIND_LINKS|NATIVE_TLS|SYSTEM_CERTS|INSECURE_HOST|HTTP_TIMEOUT)$/;

/** The package caches of uv and pip in a folder. */
export const cachesIn = (folder: string): NodeJS.ProcessEnv => ({
  UV_CACHE_DIR: path.join(folder, 'uv'),
  PIP_CACHE_DIR: path.join(folder, 'pip'),
});

let known: NodeJS.ProcessEnv | undefined;

/**
 * The environment of everything that is timed, the same for all: the target's Python and the pinned uv come first on
 * the PATH, caches are the benchmark's own, and CDK's check of templates is off, which takes most of a synthesis.
 */
export const environment = (): NodeJS.ProcessEnv => {
  if (known !== undefined) return known;
  const own = Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name) || KEPT.test(name));
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  // npm puts the folders of the project's own commands first, which no user's `node app.js` has.
  const tools = [path.dirname(findPython()), uvFolder()];
  mkdirSync(path.join(cache, 'tmp'), { recursive: true });
  known = {
    ...Object.fromEntries(own),
    PATH: [...tools, ...folders].join(path.delimiter),
    ...cachesIn(packageCaches),
    CDK_VALIDATION: 'false',
    CDK_DISABLE_VERSION_CHECK: '1',
    TMPDIR: path.join(cache, 'tmp'),
    NO_COLOR: '1',
  };
  return known;
};
