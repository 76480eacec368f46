import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Bundle } from './assembly';
import { observer } from './compile-apps';
import { cachesIn } from './environment';
import { checkImports } from './import-check';
import type { Contender } from './peers/contender';
import { cache } from './places';
import type { Project } from './project';
import { edit, expectedAnswer } from './project';
import type { Command } from './run';
import { runAll } from './run';
import type { Scenario } from './scenarios';
import { secondsToPack } from './upload';

/** Brings a project into the state that a scenario begins with; gives what is to be timed. */
const begin = (contender: Contender, project: Project, scenario: Scenario): readonly Command[] => {
  contender.reset(project, scenario);
  const [first] = project.workload.functions;
  if ((scenario === 'edit' || scenario === 'upload') && first !== undefined) edit(project, first);
  const commands = contender.commands(project);
  if (scenario !== 'pristine') return commands;
  const empty = path.join(cache, 'empty-package-caches');
  rmSync(empty, { recursive: true, force: true });
  mkdirSync(empty, { recursive: true });
  return commands.map((command) => ({
    ...command,
    environment: { ...command.environment, ...cachesIn(empty) },
  }));
};

/** Imports everything that a run has made, and calls it: a time without a bundle that works is no time. */
const check = (project: Project, bundles: ReadonlyMap<string, Bundle>): void => {
  if (bundles.size === 0) return;
  checkImports(
    project.workload.functions.map((spec) => {
      const bundle = bundles.get(spec.id);
      if (bundle === undefined) throw new Error(`no bundle of ${spec.id}`);
      return { bundle, expected: expectedAnswer(project, spec) };
    }),
  );
};

/** One run of a contender in a scenario: its seconds, once its bundles were imported. */
export const measure = async (
  contender: Contender,
  project: Project,
  scenario: Scenario,
): Promise<number> => {
  const before = scenario === 'upload' ? [...contender.bundles(project).values()] : [];
  const commands = begin(contender, project, scenario);
  const seconds = runAll(commands);
  const bundles = contender.bundles(project);
  const known = new Set(before.map(({ asset }) => asset));
  const changed = [...bundles.values()].filter(({ asset }) => !known.has(asset));
  const packing = scenario === 'upload' ? await secondsToPack(changed.map(({ place }) => place)) : 0;
  check(project, bundles);
  return seconds + packing;
};

export interface Observed {
  /** Programs that were started, besides the one that is timed. */
  readonly processes: readonly string[];
  /** The peak of each Node.js process, in bytes; the app's own is the last to end. */
  readonly memory: readonly number[];
}

/** One run that is not timed, in which every Node.js process tells what it starts and how much memory it took. */
export const observe = (contender: Contender, project: Project, scenario: Scenario): Observed => {
  const log = path.join(project.folder, 'observations');
  writeFileSync(log, '');
  const observed = { NODE_OPTIONS: `--require "${observer}"`, BENCH_OBSERVATIONS: log };
  const commands = begin(contender, project, scenario);
  runAll(commands.map((command) => ({ ...command, environment: { ...command.environment, ...observed } })));
  const entries = (existsSync(log) ? readFileSync(log, 'utf8') : '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly started?: string; readonly memory?: number });
  return {
    processes: entries.flatMap(({ started }) => started ?? []),
    memory: entries.flatMap(({ memory }) => memory ?? []),
  };
};
