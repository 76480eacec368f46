import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { temporaryFolder, writeTree } from './temporary';

export const repository = path.resolve(__dirname, '../..');

interface Package {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** This package's own package.json. */
export const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as Package;

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is. Output has no colours. */
export const run = async (
  command: string,
  argv: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Ended> => {
  const env = { ...environment, FORCE_COLOR: undefined, NO_COLOR: '1' };
  const child = spawn(command, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [[status], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, stdout, stderr };
};

/** What a program printed that ended well; throws all it printed where it did not. */
export const succeeded = async (ended: Promise<Ended>): Promise<string> => {
  const { status, stdout, stderr } = await ended;
  if (status !== 0) throw new Error(`exit code ${status}\n${stdout}\n${stderr}`);
  return stdout;
};

/** What would be published. */
export interface Tarball {
  /** Absolute path. */
  readonly file: string;
  /** Paths of the files in it, in order. */
  readonly contents: readonly string[];
}

/** Packs this package as it was last built. */
const pack = async (): Promise<Tarball> => {
  if (!existsSync(path.join(repository, 'lib/construct/index.js'))) {
    throw new Error('these tests need the built package: npm run build');
  }
  const folder = temporaryFolder();
  const argv = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [made] = JSON.parse(await succeeded(run('npm', argv, repository))) as {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[];
  if (made === undefined) throw new Error('npm pack has made nothing');
  return { file: path.join(folder, made.filename), contents: made.files.map((file) => file.path) };
};

let packed: Promise<Tarball> | undefined;

/** The packed package; it is packed once a run. */
export const tarball = (): Promise<Tarball> => (packed ??= pack());

/** An empty project of a user's, in which npm installed the packed package and these versions of its peers. */
export const consumerWith = async (versions: Readonly<Record<string, string>>): Promise<string> => {
  const { file } = await tarball();
  const folder = temporaryFolder('consumer-');
  writeTree(folder, { 'package.json': '{ "private": true }\n' });
  const names = ['tsx', 'typescript', '@types/node'];
  const tools = Object.fromEntries(names.map((name) => [name, manifest.devDependencies[name] ?? 'latest']));
  const wanted = Object.entries({ ...tools, ...versions }).map(([name, version]) => `${name}@${version}`);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel', 'error'];
  await succeeded(run('npm', ['install', ...flags, file, ...wanted], folder));
  return folder;
};

/** The lowest version that a range like `^2.200.0` allows. */
export const lowest = (range: string): string => range.replace(/^[^\d]*/, '');
