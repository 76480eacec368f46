import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { compileApps } from './compile-apps';
import { machine } from './machine';
import { measureBundles } from './measure-bundles';
import { measureScale } from './measure-scale';
import { measureTemplates } from './measure-templates';
import type { Options } from './options';
import { readOptions } from './options';
import { alpha } from './peers/alpha';
import type { Contender } from './peers/contender';
import { CONTENDERS } from './peers/contenders';
import { ours, oursWithoutByteCode } from './peers/ours';
import { sam } from './peers/sam';
import { cache } from './places';
import { plot } from './plot';
import { report } from './report';
import type { Results } from './results';
import { cellKey, readResults, writeResults } from './results';
import { runWorkload } from './run-workload';
import { runScale } from './scale/run-scale';
import { say } from './say';
import { isScenario } from './scenarios';
import { npmPackages } from './tools';
import { WORKLOADS } from './workloads';

/** Workloads whose bundles are weighed and imported; the others' are the same ones. */
const WITH_BUNDLES = ['W1', 'W2', 'W3'];

/** What was measured up to now, written with every change: a run that is stopped has not been for nothing. */
class Book {
  public constructor(
    private results: Results,
    private readonly out: string,
  ) {}

  public update(change: (results: Results) => Partial<Results>): void {
    this.results = { ...this.results, ...change(this.results) };
    const folder = path.dirname(this.out);
    writeResults(path.join(folder, 'results.json'), this.results);
    writeFileSync(path.join(folder, 'results.svg'), plot(this.results));
    writeFileSync(this.out, report(this.results, 'results.svg'));
  }
}

/** Those that are asked for and can be run; why the others cannot goes into the report. */
const present = ({ peers }: Options, book: Book): readonly Contender[] =>
  CONTENDERS.filter((contender) => {
    if (contender.family !== 'plain' && !peers.includes(contender.family)) return false;
    const reason = contender.refusal();
    if (reason !== undefined) say(`${contender.id} is not run: ${reason}`);
    book.update(({ refusals }) => {
      const others = Object.entries(refusals).filter(([id]) => id !== contender.id);
      const own = reason === undefined ? [] : [[contender.id, reason]];
      return { refusals: Object.fromEntries([...others, ...own]) as Results['refusals'] };
    });
    return reason === undefined;
  });

const runWorkloads = async (options: Options, book: Book): Promise<void> => {
  const { only, scenarios, runs } = options;
  const workloads = WORKLOADS.filter(({ name }) => only.includes(name));
  if (workloads.length === 0) return;
  const contenders = present(options, book);
  for (const workload of workloads) {
    await runWorkload(workload, scenarios.filter(isScenario), contenders, runs, (cells) => {
      const added = cells.map(
        (cell) => [cellKey(cell.workload, cell.scenario, cell.contender), cell] as const,
      );
      book.update((results) => ({ cells: { ...results.cells, ...Object.fromEntries(added) } }));
      // A bundle of ours that does not work is a fault of this library, not only a cell without a figure.
      if (cells.some(({ contender, failure }) => contender.startsWith('ours') && failure !== undefined))
        process.exitCode = 1;
    });
    if (!scenarios.includes('bundles') || !WITH_BUNDLES.includes(workload.name)) continue;
    const makers = [ours, sam, alpha].filter((contender) => contenders.includes(contender));
    const bundles = await measureBundles(workload, [...makers, oursWithoutByteCode]);
    book.update((results) => ({ bundles: { ...results.bundles, ...bundles } }));
  }
};

const main = async (options: Options): Promise<void> => {
  const { only, runs, out } = options;
  mkdirSync(cache, { recursive: true });
  npmPackages();
  compileApps();
  const book = new Book(readResults(path.join(path.dirname(out), 'results.json'), machine()), out);
  await runWorkloads(options, book);
  const ten = WORKLOADS.find(({ name }) => name === 'W4');
  if (only.includes('template') && ten !== undefined) {
    const templates = await measureTemplates(ten, runs);
    book.update(() => ({ templates }));
  }
  if (only.includes('scale')) {
    const scale = await measureScale(runs);
    book.update((results) => ({ scale: { ...results.scale, ...scale } }));
  }
};

const [first, ...others] = process.argv.slice(2);

void (first === 'scale' ? runScale(others) : main(readOptions())).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
