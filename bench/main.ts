import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { Command, Option } from 'commander';
import { compileApps } from './compile-apps';
import { machine } from './machine';
import type { Contender, Family } from './peers/contender';
import { FAMILIES } from './peers/contender';
import { CONTENDERS } from './peers/contenders';
import { cache, repository } from './places';
import type { Results } from './results';
import { cellKey, readResults, writeResults } from './results';
import { runWorkload } from './run-workload';
import { say } from './say';
import type { Scenario } from './scenarios';
import { SCENARIOS } from './scenarios';
import { npmPackages } from './tools';
import { WORKLOADS } from './workloads';

interface Options {
  readonly only?: readonly string[];
  readonly scenarios: readonly Scenario[];
  readonly peers: readonly Family[];
  readonly runs: number;
  readonly out: string;
}

const list = (value: string): readonly string[] => value.split(',').map((item) => item.trim());

const program = new Command('bench')
  .description('Measures this library beside others, and writes the report.')
  .option('--only <names>', 'workloads to run, such as W1,W4 (all)', list)
  .addOption(new Option('--scenarios <names>', SCENARIOS.join(',')).argParser(list).default(SCENARIOS))
  .addOption(new Option('--peers <names>', FAMILIES.join(',')).argParser(list).default(FAMILIES))
  .option('--runs <n>', 'rounds of each cell', Number, 3)
  .option('--out <file>', 'the report', path.join(repository, 'bench', 'RESULTS.md'));

/** Those that are asked for and can be run; why the others cannot goes into the report. */
const present = (
  families: readonly Family[],
  refuse: (id: string, reason: string) => void,
): readonly Contender[] =>
  CONTENDERS.filter((contender) => {
    if (contender.family !== 'plain' && !families.includes(contender.family)) return false;
    const reason = contender.refusal();
    if (reason !== undefined) refuse(contender.id, reason);
    return reason === undefined;
  });

const main = async ({ only, scenarios, peers, runs, out }: Options): Promise<void> => {
  mkdirSync(cache, { recursive: true });
  npmPackages();
  compileApps();
  const file = path.join(path.dirname(out), 'results.json');
  let results = readResults(file, machine());
  const update = (change: Partial<Results>): void => {
    results = { ...results, ...change };
    writeResults(file, results);
  };
  update({ refusals: {} });
  const contenders = present(peers, (id, reason) => {
    say(`${id} is not run: ${reason}`);
    update({ refusals: { ...results.refusals, [id]: reason } });
  });
  for (const workload of WORKLOADS.filter(({ name }) => only?.includes(name) ?? true)) {
    await runWorkload(workload, scenarios, contenders, runs, (cells) => {
      const added = cells.map(
        (cell) => [cellKey(cell.workload, cell.scenario, cell.contender), cell] as const,
      );
      update({ cells: { ...results.cells, ...Object.fromEntries(added) } });
    });
  }
};

void main(program.parse().opts<Options>()).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
