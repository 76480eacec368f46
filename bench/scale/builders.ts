import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { startLocalAws } from '../../test/support/local-aws';
import type { ExecutorName } from '../../src/plan/request/bundle-request';
import { cachesIn, environment } from '../environment';
import { warmPackageCaches } from '../package-caches';
import { compiledApps, repository } from '../places';
import type { Project } from '../project';
import { writeProject } from '../project';
import { run } from '../run';
import { say } from '../say';
import { median } from '../statistics';
import { dockerRefusal } from '../tools';
import { buildersWorkload, REAL_SETS } from '../workloads';
import type { SetFigures, ShardFigures, Way } from './results';

/** In a container there is time for a few: a small one, a usual one and a large one. */
const IN_DOCKER = ['web', 'api', 'data'];

const SHARDS = 3;

const cli = path.join(repository, 'lib', 'cli', 'main.js');

interface Assembled {
  readonly project: Project;
  /** Path of a function's plan, relative to the project. */
  readonly planOf: ReadonlyMap<string, string>;
}

/** An assembly that holds the plans of two functions of each set. */
export const assemble = (executor: ExecutorName): Assembled => {
  const project = writeProject(buildersWorkload, executor, { bundling: { executor, phase: 'publish' } });
  run({
    argv: [process.execPath, path.join(compiledApps, 'timed.js'), 'ours'],
    cwd: project.folder,
    environment: { ...environment(), CDK_LAMBDA_PYTHON_CACHE: path.join(project.folder, 'store') },
  });
  const folder = path.join(project.folder, 'cdk.out', 'cdk-lambda-python');
  const plans = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return {
    project,
    planOf: new Map(
      plans.map((name) => {
        const { plan } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
          readonly plan: { readonly label: string };
        };
        return [path.posix.basename(plan.label), path.join('cdk.out', 'cdk-lambda-python', name)];
      }),
    ),
  };
};

/** Empties a builder's store; what its containers have downloaded is kept where the downloads are warm. */
const emptyStore = (store: string, withDownloads: boolean): void => {
  for (const layout of existsSync(store) ? readdirSync(store) : [])
    for (const name of readdirSync(path.join(store, layout)))
      if (withDownloads || name !== 'downloads')
        rmSync(path.join(store, layout, name), { recursive: true, force: true });
};

/** Makes two bundles of one set, each by a command of its own as the CDK CLI starts it, from an empty store. */
const makeBoth = (
  { project, planOf }: Assembled,
  set: string,
  isCold: boolean,
): readonly [number, number] => {
  const store = path.join(project.folder, 'store');
  emptyStore(store, isCold);
  const empty = path.join(project.folder, 'empty-package-caches');
  rmSync(empty, { recursive: true, force: true });
  mkdirSync(empty, { recursive: true });
  const [first = 0, next = 0] = [`First${set}`, `Next${set}`].map(
    (id) =>
      run({
        argv: [process.execPath, cli, 'package', planOf.get(id) ?? ''],
        cwd: project.folder,
        environment: {
          ...environment(),
          ...(isCold ? cachesIn(empty) : {}),
          CDK_LAMBDA_PYTHON_CACHE: store,
        },
      }).seconds,
  );
  return [first, next];
};

const measureWay = (
  assembled: Assembled,
  way: Way,
  names: readonly string[],
  runs: number,
): readonly SetFigures[] =>
  names.map((name) => {
    const isCold = way.endsWith('cold');
    const times = Array.from({ length: runs }, () => makeBoth(assembled, name, isCold));
    const figures = {
      name,
      packages: REAL_SETS.find(([known]) => known === name)?.[1].lines.length ?? 0,
      runs,
      first: median(times.map(([first]) => first)),
      next: median(times.map(([, next]) => next)),
    };
    say(`builders ${way} ${name}: ${figures.first.toFixed(2)} s, then ${figures.next.toFixed(2)} s`);
    return figures;
  });

/** Shards with a store that they share in a local S3; each has a store of its own, and no package caches that are warm. */
const measureShards = async ({ project }: Assembled): Promise<ShardFigures> => {
  const aws = await startLocalAws();
  try {
    await fetch(`${aws.environment['AWS_ENDPOINT_URL']}/shared-store`, { method: 'PUT' });
    const machine = (shard: string | undefined, remote: NodeJS.ProcessEnv): number => {
      const own = path.join(project.folder, 'machine');
      rmSync(own, { recursive: true, force: true });
      const argv = ['run', 'cdk.out', ...(shard === undefined ? [] : ['--shard', shard])];
      const { seconds } = run({
        argv: [process.execPath, cli, ...argv],
        cwd: project.folder,
        environment: {
          ...environment(),
          ...cachesIn(own),
          ...aws.environment,
          ...remote,
          CDK_LAMBDA_PYTHON_CACHE: path.join(own, 'store'),
        },
      });
      // The next machine has none of its bundles.
      for (const name of readdirSync(path.join(project.folder, 'cdk.out')))
        if (name.startsWith('asset.'))
          rmSync(path.join(project.folder, 'cdk.out', name), { recursive: true, force: true });
      say(`builders, shard ${shard ?? '1/1'}: ${seconds.toFixed(2)} s`);
      return seconds;
    };
    const remote = { CDK_LAMBDA_PYTHON_REMOTE_STORE: 's3://shared-store/team' };
    const alone = machine(undefined, {});
    const shards = Array.from({ length: SHARDS }, (_, index) => machine(`${index + 1}/${SHARDS}`, remote));
    return { alone, shards, after: machine(undefined, remote) };
  } finally {
    await aws.stop();
  }
};

/** How long real sets take this machine, one at a time: what a simulated builder takes. */
export const measureBuilders = async (runs: number) => {
  warmPackageCaches(buildersWorkload);
  const host = assemble('host');
  const names = REAL_SETS.map(([name]) => name);
  const sharded = await measureShards(host);
  const sets: Partial<Record<Way, readonly SetFigures[]>> = {
    cold: measureWay(host, 'cold', names, 1),
    warm: measureWay(host, 'warm', names, runs),
  };
  rmSync(host.project.folder, { recursive: true, force: true });
  const refusal = dockerRefusal();
  if (refusal !== undefined) {
    say(`builders: nothing is measured in a container: ${refusal}`);
    return { sets, sharded };
  }
  const docker = assemble('docker');
  sets['docker, cold'] = measureWay(docker, 'docker, cold', IN_DOCKER, 1);
  sets['docker, warm'] = measureWay(docker, 'docker, warm', IN_DOCKER, Math.min(runs, 2));
  rmSync(docker.project.folder, { recursive: true, force: true });
  return { sets, sharded };
};
