import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { measure, observe } from './measure';
import { warmPackageCaches } from './package-caches';
import type { Contender } from './peers/contender';
import { projects } from './places';
import type { Project } from './project';
import { writeProject } from './project';
import type { Cell } from './results';
import { today } from './results';
import { say } from './say';
import type { Scenario } from './scenarios';
import { needsOutput } from './scenarios';
import type { Workload } from './workloads';

/** A contender in its place: its project, and whether that was ever built. */
interface Entrant {
  readonly contender: Contender;
  readonly project: Project;
  ready: boolean;
  /** Why it is out of this workload. */
  failure?: string;
}

/** Where this library should start few processes, or none. */
const WATCHED: readonly Scenario[] = ['fresh', 'warm', 'edit'];

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 12).join('\n');

const enter = (contender: Contender, workload: Workload): Entrant => {
  const project = writeProject(workload, contender.id, contender.options());
  contender.prepare(project);
  return { contender, project, ready: false };
};

const runsOf = ({ contender }: Entrant, { slowRuns }: Workload, runs: number): number =>
  contender.slow ? Math.min(runs, slowRuns) : runs;

/** A first run that is not timed: what is read from a disk for the first time is read here, and faults show. */
const warmUp = async (entrant: Entrant, { name }: Workload): Promise<void> => {
  const { contender, project } = entrant;
  say(`${name}: first run of ${contender.id} (not timed)`);
  await measure(contender, project, 'cold');
  entrant.ready = true;
};

const attempt = async <A>(entrant: Entrant, work: () => Promise<A>): Promise<A | undefined> => {
  try {
    return await work();
  } catch (error) {
    entrant.failure = reasonOf(error);
    say(`${entrant.contender.id} FAILED: ${entrant.failure}`);
    return undefined;
  }
};

interface Times {
  readonly seconds: number[];
  readonly plain: number[];
}

/** All rounds of one scenario: in each round everyone has a turn, the plain synthesis first. */
const runScenario = async (
  entrants: readonly Entrant[],
  workload: Workload,
  scenario: Scenario,
  runs: number,
): Promise<readonly Cell[]> => {
  const times = new Map<Entrant, Times>(entrants.map((entrant) => [entrant, { seconds: [], plain: [] }]));
  for (let round = 0; round < runs; round += 1) {
    let plain = Number.NaN;
    for (const entrant of entrants) {
      if (entrant.failure !== undefined || round >= runsOf(entrant, workload, runs)) continue;
      const { contender, project } = entrant;
      const seconds = await attempt(entrant, async () => {
        if (!entrant.ready && needsOutput(scenario)) await warmUp(entrant, workload);
        return measure(contender, project, scenario);
      });
      if (seconds === undefined) continue;
      entrant.ready = true;
      if (contender.family === 'plain') plain = seconds;
      times.get(entrant)?.seconds.push(seconds);
      times.get(entrant)?.plain.push(plain);
      say(`${workload.name} ${scenario} ${round + 1}/${runs} ${contender.id}: ${seconds.toFixed(3)} s`);
    }
  }
  return entrants.map((entrant) => cellOf(entrant, workload, scenario, times.get(entrant)));
};

const cellOf = (entrant: Entrant, workload: Workload, scenario: Scenario, times: Times | undefined): Cell => {
  const { contender, project, failure } = entrant;
  const place = { workload: workload.name, scenario, contender: contender.id, date: today() };
  if (failure !== undefined) return { ...place, seconds: [], plain: [], failure };
  const watched = contender.family === 'ours' && WATCHED.includes(scenario);
  return {
    ...place,
    seconds: times?.seconds ?? [],
    plain: times?.plain ?? [],
    ...(watched ? { processes: observe(contender, project, scenario).processes } : {}),
  };
};

/** Measures one workload; `record` is given the cells of each scenario as soon as they are there. */
export const runWorkload = async (
  workload: Workload,
  scenarios: readonly Scenario[],
  contenders: readonly Contender[],
  runs: number,
  record: (cells: readonly Cell[]) => void,
): Promise<void> => {
  warmPackageCaches(workload);
  const entrants = contenders
    .filter(({ takesPart }) => scenarios.some((scenario) => takesPart(workload, scenario)))
    .map((contender) => enter(contender, workload));
  for (const entrant of entrants) {
    // Where one run is all that there is time for, there is none for a run that is not timed.
    if (runsOf(entrant, workload, 2) === 2) await attempt(entrant, () => warmUp(entrant, workload));
  }
  for (const scenario of scenarios) {
    const taking = entrants.filter(({ contender }) => contender.takesPart(workload, scenario));
    if (taking.length > 0) record(await runScenario(taking, workload, scenario, runs));
  }
  // Ten functions with their bundles and stores, for each contender, are some gigabytes.
  rmSync(path.join(projects, workload.name), { recursive: true, force: true });
};
