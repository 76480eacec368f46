import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command, Option } from 'commander';
import { compileApps } from './compile-apps';
import { measureBundles } from './measure-bundles';
import { measureScale } from './measure-scale';
import { measureTemplates } from './measure-templates';
import { machine } from './machine';
import type { Contender, Family } from './peers/contender';
import { FAMILIES } from './peers/contender';
import { CONTENDERS } from './peers/contenders';
import { alpha } from './peers/alpha';
import { ours, oursWithoutByteCode } from './peers/ours';
import { sam } from './peers/sam';
import { cache, repository } from './places';
import { plot } from './plot';
import { report } from './report';
import type { Results } from './results';
import { cellKey, readResults, writeResults } from './results';
import { runWorkload } from './run-workload';
import { say } from './say';
import type { Part } from './scenarios';
import { isScenario, PARTS } from './scenarios';
import { npmPackages } from './tools';
import { WORKLOADS } from './workloads';

/** Workloads whose bundles are weighed and imported; the others' are the same ones. */
const WITH_BUNDLES = ['W1', 'W2', 'W3'];

interface Options {
  readonly only?: readonly string[];
  readonly scenarios: readonly Part[];
  readonly peers: readonly Family[];
  readonly runs: number;
  readonly out: string;
}

const list = (value: string): readonly string[] => value.split(',').map((item) => item.trim());

const program = new Command('bench')
  .description('Measures this library beside others, and writes the report.')
  .option('--only <names>', 'what to run of W1 to W6, template, scale (all)', list)
  .addOption(new Option('--scenarios <names>', PARTS.join(',')).argParser(list).default(PARTS))
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
    writeFileSync(path.join(path.dirname(out), 'results.svg'), plot(results));
    writeFileSync(out, report(results, 'results.svg'));
  };
  update({ refusals: {} });
  const contenders = present(peers, (id, reason) => {
    say(`${id} is not run: ${reason}`);
    update({ refusals: { ...results.refusals, [id]: reason } });
  });
  const wanted = (name: string): boolean => only?.includes(name) ?? true;
  for (const workload of WORKLOADS.filter(({ name }) => wanted(name))) {
    await runWorkload(workload, scenarios.filter(isScenario), contenders, runs, (cells) => {
      const added = cells.map(
        (cell) => [cellKey(cell.workload, cell.scenario, cell.contender), cell] as const,
      );
      update({ cells: { ...results.cells, ...Object.fromEntries(added) } });
    });
    if (!scenarios.includes('bundles') || !WITH_BUNDLES.includes(workload.name)) continue;
    const makers = [ours, oursWithoutByteCode, sam, alpha].filter(
      (contender) => contender === oursWithoutByteCode || contenders.includes(contender),
    );
    const bundles = await measureBundles(workload, makers);
    update({ bundles: { ...results.bundles, ...bundles } });
  }
  const [ten] = WORKLOADS.filter(({ name }) => name === 'W4');
  if (wanted('template') && ten !== undefined) update({ templates: await measureTemplates(ten, runs) });
  if (wanted('scale')) update({ scale: { ...results.scale, ...(await measureScale(runs)) } });
};

void main(program.parse().opts<Options>()).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
