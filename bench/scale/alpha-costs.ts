import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { environment } from '../environment';
import { compiledApps, repository } from '../places';
import { alpha } from '../peers/alpha';
import { edit, writeProject } from '../project';
import { run } from '../run';
import { say } from '../say';
import { median } from '../statistics';
import { BUILD_IMAGE, npmPackages } from '../tools';
import { teamWorkload } from '../workloads';
import type { AlphaMeasured } from './team-model';
import { TEAM } from './team-model';

const IMAGE = 'cdk-lambda-python-bench-alpha';

/** Its image, without the engine's cache: a runner that has nothing builds it, once the base image was pulled. */
const imageSeconds = (): number => {
  const folder = path.join(npmPackages(), '@aws-cdk', 'aws-lambda-python-alpha', 'lib', 'docker');
  const docker = (argv: readonly string[]): number =>
    run({ argv: ['docker', ...argv], cwd: repository, environment: process.env }).seconds;
  const seconds = docker([
    'build',
    '--no-cache',
    '--tag',
    IMAGE,
    '--build-arg',
    `IMAGE=${BUILD_IMAGE}`,
    folder,
  ]);
  docker(['image', 'rm', IMAGE]);
  return seconds;
};

/**
 * What the alpha library takes over a plain synthesis, in an app with one function of each set; undefined where it cannot be
 * run. The whole app of a team would take minutes each time.
 */
export const measureAlpha = (runs: number, plain: number, publish: number): AlphaMeasured | undefined => {
  const refusal = alpha.refusal();
  if (refusal !== undefined) {
    say(`team: aws-lambda-python-alpha is not run: ${refusal}`);
    return undefined;
  }
  const workload = teamWorkload('team-sets', TEAM.sets);
  const project = writeProject(workload, alpha.id, alpha.options());
  const yardstick = writeProject(workload, 'plain', { bundling: {} });
  const synth = (folder: string, kind: string): number =>
    run({
      argv: [process.execPath, path.join(compiledApps, 'timed.js'), kind],
      cwd: folder,
      environment: environment(),
    }).seconds;
  const overPlain = (what: string, rounds: number, begin: () => void): number => {
    const times = Array.from({ length: rounds }, () => {
      begin();
      const least = synth(yardstick.folder, 'plain');
      return synth(project.folder, 'alpha') - least;
    });
    say(`team, alpha, ${what}: ${times.map((time) => time.toFixed(2)).join(', ')} s over plain`);
    return median(times);
  };
  const empty = overPlain('empty', 1, () => {
    rmSync(path.join(project.folder, 'cdk.out'), { recursive: true, force: true });
  });
  const unchanged = overPlain('unchanged', runs, () => undefined);
  // Each set takes its own time: a round with each of some of them.
  let round = 0;
  const handler = overPlain('handler', Math.max(runs, 3), () => {
    const spec = workload.functions[(round * 3) % workload.functions.length];
    round += 1;
    if (spec !== undefined) edit(project, spec);
  });
  const image = imageSeconds();
  say(`team, alpha, its image: ${image.toFixed(2)} s`);
  for (const { folder } of [project, yardstick]) rmSync(folder, { recursive: true, force: true });
  return { plain, publish, empty, unchanged, handler, image };
};
