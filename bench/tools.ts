import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { cache } from './places';
import { ask, run } from './run';
import { say } from './say';

/** What others are measured in; none is a dependency of this project. */
export const PINS = {
  uv: '0.13.9',
  sam: '1.170.0',
  /** The newest there is; its peer range takes the aws-cdk-lib of this project. */
  alpha: '2.269.0-alpha.0',
  assets: '1.5.0',
} as const;

/** The Python that all bundles are made for. */
export const PYTHON = '3.13';

/** A folder of the cache, made once; a note in it says that it was finished, and of what. */
export const installed = (name: string, version: string, install: (folder: string) => void): string => {
  const folder = path.join(cache, name);
  const note = path.join(folder, '.installed');
  if (existsSync(note) && readFileSync(note, 'utf8') === version) return folder;
  say(`installing ${name}: ${version}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  install(folder);
  writeFileSync(note, version);
  return folder;
};

const here = (argv: readonly string[]): string => run({ argv, cwd: cache, environment: process.env }).stdout;

const pythonsOf = (minor: string): readonly string[] => {
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, `python${minor}`));
  const versions = path.join(process.env['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions');
  const pyenv = (existsSync(versions) ? readdirSync(versions) : [])
    .filter((name) => name.startsWith(`${minor}.`))
    .map((name) => path.join(versions, name, 'bin', `python${minor}`));
  const managed = ask(['uv', 'python', 'find', minor]);
  return [...onPath, ...pyenv, ...(managed === undefined ? [] : [managed])].filter((file) =>
    existsSync(file),
  );
};

const VERSION = 'import sys; print("%d.%d" % sys.version_info[:2]); print(sys.executable)';

/** Absolute path of an interpreter of the target's minor version; a shim that leads to another version is none. */
export const findPython = (minor = PYTHON): string => {
  for (const python of pythonsOf(minor)) {
    const [version, executable] = ask([python, '-I', '-c', VERSION])?.split('\n') ?? [];
    if (version === minor && executable !== undefined) return executable;
  }
  throw new Error(
    `no Python ${minor} on the PATH, in pyenv or in uv: bundles could not be imported (uv python install ${minor})`,
  );
};

const venv = (name: string, requirement: string): string =>
  path.join(
    installed(name, requirement, (folder) => {
      here([findPython(), '-m', 'venv', folder]);
      here([path.join(folder, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', requirement]);
    }),
    'bin',
  );

/** Folder with the command `uv`. */
export const uvFolder = (): string => venv('uv', `uv==${PINS.uv}`);

/** Folder with the command `sam`. */
export const samFolder = (): string => venv('sam', `aws-sam-cli==${PINS.sam}`);

/** Folder of the npm packages of others. Their peer aws-cdk-lib is not installed again: they find the project's. */
export const npmPackages = (): string => {
  const wanted = [`@aws-cdk/aws-lambda-python-alpha@${PINS.alpha}`, `@aws-cdk/cdk-assets-lib@${PINS.assets}`];
  return path.join(
    installed('npm', wanted.join(' '), (folder) => {
      const flags = [
        '--legacy-peer-deps',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--loglevel',
        'error',
      ];
      here(['npm', 'install', '--prefix', folder, ...flags, ...wanted]);
    }),
    'node_modules',
  );
};

let engine: { readonly version: string | undefined } | undefined;

/** The version of the container engine that answers; undefined where none does. */
export const engineVersion = (): string | undefined => {
  const program = process.env['CDK_DOCKER'] ?? 'docker';
  // Some clients exit with 0 when no engine answers, and print nothing.
  engine ??= { version: ask([program, 'info', '--format', '{{.ServerVersion}}']) || undefined };
  return engine.version;
};

export const BUILD_IMAGE = `public.ecr.aws/sam/build-python${PYTHON}`;

/** Why nothing can be built in a container here; undefined where it can. Nothing is pulled while time is measured. */
export const dockerRefusal = (): string | undefined => {
  if (engineVersion() === undefined) return 'no container engine answers';
  return ask(['docker', 'image', 'inspect', '--format', '{{.Id}}', BUILD_IMAGE]) === undefined
    ? `the image ${BUILD_IMAGE} is not on this machine (docker pull it first)`
    : undefined;
};
