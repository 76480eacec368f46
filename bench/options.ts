import * as path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Family } from './peers/contender';
import { FAMILIES } from './peers/contender';
import { repository } from './places';
import type { Part } from './scenarios';
import { PARTS } from './scenarios';
import { WORKLOADS } from './workloads';

/** What can be run by itself: the workloads, and what is no comparison of contenders. */
const PIECES: readonly string[] = [...WORKLOADS.map(({ name }) => name), 'template', 'scale'];

export interface Options {
  readonly only: readonly string[];
  readonly scenarios: readonly Part[];
  readonly peers: readonly Family[];
  readonly runs: number;
  /** The report; its data and its plot are written beside it. */
  readonly out: string;
}

const listOf =
  (allowed: readonly string[]) =>
  (value: string): readonly string[] => {
    const items = value.split(',').map((item) => item.trim());
    const unknown = items.filter((item) => !allowed.includes(item));
    if (unknown.length > 0)
      throw new InvalidArgumentError(`${unknown.join(', ')} is none of ${allowed.join(', ')}`);
    return items;
  };

export const positive = (value: string): number => {
  const runs = Number(value);
  if (!Number.isInteger(runs) || runs < 1) throw new InvalidArgumentError('not a positive whole number');
  return runs;
};

const listOption = (flag: string, what: string, allowed: readonly string[]): Option =>
  new Option(`--${flag} <names>`, what).argParser(listOf(allowed)).default(allowed, allowed.join(','));

export const readOptions = (): Options =>
  new Command('bench')
    .description('Measures this library beside others, and writes the report.')
    .addOption(listOption('only', 'what to run', PIECES))
    .addOption(listOption('scenarios', 'in which scenarios', PARTS))
    .addOption(listOption('peers', 'beside whom; the plain synthesis is always run', FAMILIES))
    .option('--runs <n>', 'rounds of each cell', positive, 3)
    .option('--out <file>', 'the report', path.join(repository, 'bench', 'RESULTS.md'))
    .parse()
    .opts<Options>();
