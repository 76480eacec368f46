import { mkdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { measure } from './measure';
import { appEnvironment } from './peers/app';
import type { Contender } from './peers/contender';
import { ours, oursDirectory } from './peers/ours';
import { plain } from './peers/plain';
import { cache, compiledApps } from './places';
import type { Project } from './project';
import { writeProject } from './project';
import type { TemplateFigures } from './results';
import { today } from './results';
import { run } from './run';
import { say } from './say';
import type { Workload } from './workloads';

interface Sample {
  readonly second: number;
  readonly again: number;
}

const sample = (contender: Contender, project: Project): Sample => {
  const argv = [process.execPath, path.join(compiledApps, 'template.js'), contender.family];
  const temporaries = path.join(cache, 'template-tmp');
  mkdirSync(temporaries, { recursive: true });
  try {
    const environment = { ...appEnvironment(project), TMPDIR: temporaries };
    return JSON.parse(run({ argv, cwd: project.folder, environment }).stdout) as Sample;
  } finally {
    // CDK leaves the output of an app that names no folder where it was made.
    rmSync(temporaries, { recursive: true, force: true });
  }
};

/** What the second and every later unit test of a stack costs, with everything in the store. */
export const measureTemplates = async (
  workload: Workload,
  runs: number,
): Promise<Readonly<Record<string, TemplateFigures>>> => {
  const entrants = await Promise.all(
    [plain, ours, oursDirectory].map(async (contender) => {
      const project = writeProject(workload, contender.id, contender.options());
      if (contender !== plain) await measure(contender, project, 'cold');
      return { contender, project, samples: [] as Sample[] };
    }),
  );
  for (let round = 0; round < runs; round += 1) {
    for (const { contender, project, samples } of entrants) {
      const taken = sample(contender, project);
      samples.push(taken);
      say(
        `template ${round + 1}/${runs} ${contender.id}: ${taken.second.toFixed(0)} ms, ${taken.again.toFixed(1)} ms`,
      );
    }
  }
  return Object.fromEntries(
    entrants.map(({ contender, samples }) => [
      contender.id,
      {
        date: today(),
        second: samples.map(({ second }) => second),
        again: samples.map(({ again }) => again),
      },
    ]),
  );
};
