import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { HostTool } from '../../plan/model/host-plan';
import type { Outcome } from './newer-wheels';

const excludes = async (file: string, distributions: readonly string[]): Promise<readonly string[]> => {
  await fs.writeFile(file, distributions.map((one) => `${one.split('-')[0] ?? one}\n`).join(''));
  return ['--excludes', file];
};

/**
 * uv's runs where some distributions are installed from wheels for the oldest C library, and the rest from newer ones. Each
 * run leaves out what the other installs.
 *
 * @param folder where the names of what is left out are written
 */
export const splitRuns = async (
  { runs, newer = [] }: HostTool,
  { all, foreign }: Outcome,
  folder: string,
): Promise<HostTool['runs']> => {
  const rest = all.filter((distribution) => !foreign.includes(distribution));
  const withoutRest = await excludes(path.join(folder, 'newer.txt'), rest);
  const withoutForeign = await excludes(path.join(folder, 'older.txt'), foreign);
  return [
    ...runs.map((argv) => [...argv, ...withoutRest]),
    ...newer.map((argv) => [...argv, ...withoutForeign]),
  ];
};
