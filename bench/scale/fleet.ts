import { readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { startFleet } from '../../test/support/build-fleet';
import type { Fleet } from '../../test/support/build-fleet';
import { run as start } from '../../test/support/consumer';
import { fleetSkipReason } from '../../test/support/fleet-tools';
import { environment } from '../environment';
import { repository } from '../places';
import type { Project } from '../project';
import { run } from '../run';
import { say } from '../say';
import { assemble } from './builders';
import type { FleetFigures } from './results';

const IMAGE = 'public.ecr.aws/sam/build-python3.13:latest';

const cli = path.join(repository, 'lib', 'cli', 'main.js');

const docker = (fleet: Fleet, argv: readonly string[], input = ''): void => {
  run({ argv: ['docker', 'buildx', ...argv], cwd: '/', environment: fleet.environment, input });
};

/** Builders that have built nothing, and have the image. */
const asNew = (fleet: Fleet): void => {
  for (const { name } of fleet.builders) {
    docker(fleet, ['prune', '--builder', name, '--all', '--force']);
    docker(fleet, ['build', '--builder', name, '-'], `FROM ${IMAGE}\nRUN true\n`);
  }
};

interface Way {
  readonly builders: readonly string[];
  readonly cache?: boolean;
  /** Runs while the bundles are made. */
  readonly meanwhile?: () => Promise<void>;
}

/** All bundles of the app, on a machine with nothing in its store, by builders that are as they are. */
const make = async (fleet: Fleet, { folder }: Project, { builders, cache, meanwhile }: Way) => {
  rmSync(path.join(folder, 'store'), { recursive: true, force: true });
  for (const name of readdirSync(path.join(folder, 'cdk.out')))
    if (name.startsWith('asset.')) rmSync(path.join(folder, 'cdk.out', name), { recursive: true });
  const begun = performance.now();
  const [ended] = await Promise.all([
    start(process.execPath, [cli, 'run', 'cdk.out'], folder, {
      ...environment(),
      ...fleet.environment,
      ...fleet.proxy,
      PATH: environment()['PATH'],
      CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
      CDK_LAMBDA_PYTHON_BUILDERS: builders.join(','),
      ...(cache === true
        ? { CDK_LAMBDA_PYTHON_BUILD_CACHE: `type=registry,ref=${fleet.registry.address}/cache:{set}` }
        : {}),
    }),
    meanwhile?.(),
  ]);
  if (ended.status !== 0) throw new Error(ended.stderr);
  return { seconds: (performance.now() - begun) / 1000, stderr: ended.stderr };
};

/** One app by one builder, by two, by two of which one is killed half way, and by one that finds what another has built. */
export const measureFleet = async (): Promise<FleetFigures | { readonly refused: string }> => {
  const refused = fleetSkipReason(IMAGE);
  if (refused !== undefined) return { refused };
  const { project } = assemble('buildkit');
  const fleet = await startFleet({ images: [IMAGE] });
  try {
    const [first, second] = fleet.builders;
    if (first === undefined || second === undefined) throw new Error('there are two builders');
    const both = [first.name, second.name];
    const timed = async (
      what: string,
      way: Way,
    ): Promise<{ readonly seconds: number; readonly stderr: string }> => {
      const made = await make(fleet, project, way);
      say(`fleet, ${what}: ${made.seconds.toFixed(1)} s`);
      return made;
    };
    asNew(fleet);
    const one = await timed('one builder', { builders: [first.name] });
    asNew(fleet);
    const two = await timed('two builders', { builders: both });
    asNew(fleet);
    const killed = await timed('two builders, one killed', {
      builders: both,
      meanwhile: async () => {
        await new Promise((resolve) => setTimeout(resolve, two.seconds * 500));
        await first.whenBusy('/asset-tools/');
        await first.kill();
      },
    });
    await first.start();
    asNew(fleet);
    const filling = await timed('one builder, filling the cache', { builders: [first.name], cache: true });
    asNew(fleet);
    const cached = await timed('another builder, from the cache', { builders: [second.name], cache: true });
    return {
      one: one.seconds,
      two: two.seconds,
      killed: killed.seconds,
      filling: filling.seconds,
      cached: cached.seconds,
      told: /.* was lost .*/.exec(killed.stderr)?.[0] ?? '',
    };
  } finally {
    await fleet.stop();
  }
};
