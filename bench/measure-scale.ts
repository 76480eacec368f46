import { existsSync, renameSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { measure, observe } from './measure';
import { warmPackageCaches } from './package-caches';
import { ours } from './peers/ours';
import { plain } from './peers/plain';
import { projects } from './places';
import { writeProject } from './project';
import type { ScaleFigures } from './results';
import { today } from './results';
import { say } from './say';
import { SCALES, scaleWorkload } from './workloads';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Synthesizes very large apps whose sets are all in the store: what a function costs when nothing is installed. */
export const measureScale = async (runs: number): Promise<Readonly<Record<string, ScaleFigures>>> => {
  const figures: Record<string, ScaleFigures> = {};
  let store: string | undefined;
  for (const count of SCALES) {
    const workload = scaleWorkload(count);
    warmPackageCaches(workload);
    const yardstick = writeProject(workload, plain.id, plain.options());
    const project = writeProject(workload, ours.id, ours.options());
    // All sizes have the same sets: the store of the one before serves the next.
    const own = path.join(project.folder, 'store');
    if (store !== undefined && existsSync(store)) renameSync(store, own);
    store = own;
    say(`scale: first run of ${count} functions (not timed)`);
    await measure(plain, yardstick, 'fresh');
    await measure(ours, project, 'fresh');
    const times = { seconds: [] as number[], plain: [] as number[] };
    for (let round = 0; round < runs; round += 1) {
      times.plain.push(await measure(plain, yardstick, 'fresh'));
      times.seconds.push(await measure(ours, project, 'fresh'));
      say(
        `scale ${count} ${round + 1}/${runs}: ${times.plain.at(-1)?.toFixed(2)} s, ${times.seconds.at(-1)?.toFixed(2)} s`,
      );
    }
    const { memory } = observe(ours, project, 'fresh');
    figures[count] = {
      ...times,
      date: today(),
      functions: count,
      memory: sum(memory),
      // The app waits for what it starts, so its line is the last.
      memoryOfApp: memory.at(-1) ?? 0,
      plainMemory: sum(observe(plain, yardstick, 'fresh').memory),
    };
  }
  for (const count of SCALES)
    rmSync(path.join(projects, scaleWorkload(count).name), { recursive: true, force: true });
  return figures;
};
