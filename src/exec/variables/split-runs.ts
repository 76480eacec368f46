import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { HostTool } from '../../plan/model/host-plan';
import type { Outcome } from './newer-wheels';

const excludes = async (file: string, distributions: readonly string[]): Promise<readonly string[]> => {
  await fs.writeFile(file, distributions.map((one) => `${one.split('-')[0] ?? one}\n`).join(''));
  return ['--excludes', file];
};

/**
 * Splits uv's runs: some distributions come from wheels for the oldest C library, the rest from newer ones. Each run
 * excludes the distributions of the other.
 *
 * @param folder absolute path of a folder for the lists of excluded names
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
