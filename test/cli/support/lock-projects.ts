import * as fs from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import { temporaryFolder, writeTree } from '../../support/temporary';
import type { Ended } from './command';
import { cli } from './command';

export const HANDLER = 'def lambda_handler(event, context):\n    return 1\n';

export const project = (tree: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  writeTree(folder, { 'index.py': HANDLER, ...tree });
  return folder;
};

export const run = (cwd: string, ...args: readonly string[]): Promise<Ended> => cli(args, { cwd });

export const succeeds = async (cwd: string, ...args: readonly string[]): Promise<Ended> => {
  const ended = await run(cwd, ...args);
  assert.is(ended.code, 0, ended.stderr);
  return ended;
};

export const read = (folder: string, name = 'pylock.toml'): string =>
  fs.readFileSync(path.join(folder, name), 'utf8');

/** `name version` of each package in a lock. */
export const packages = (text: string): readonly string[] =>
  [...text.matchAll(/^name = "(.*)"\nversion = "(.*)"$/gm)].map(([, name, version]) => `${name} ${version}`);

export const OLD = ['--runtime', '3.13', '--resolved-as-of', '2023-06-01'];
