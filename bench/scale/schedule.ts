/** How jobs are spread over builders: calculated, for there are not so many machines. */
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { plansOfShard } from '../../src/plan/assembly/shard';

/** A set of requirements with the functions that use it: made by one builder, as its modules are installed once. */
export interface Job {
  readonly name: string;
  /** Bundles that are made of it. */
  readonly functions: number;
  /** Seconds that a builder is busy with it. */
  readonly seconds: number;
}

/** Seconds that each builder is busy. */
export type Loads = readonly number[];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Whoever is free takes the next job of the queue. */
export const inOrder = (jobs: readonly Job[], builders: number): Loads => {
  const loads = Array.from({ length: builders }, () => 0);
  for (const { seconds } of jobs) {
    const free = loads.indexOf(Math.min(...loads));
    loads[free] = (loads[free] ?? 0) + seconds;
  }
  return loads;
};

/** The same, where somebody knows how long jobs take. */
export const longestFirst = (jobs: readonly Job[], builders: number): Loads =>
  inOrder(
    [...jobs].sort((a, b) => b.seconds - a.seconds),
    builders,
  );

/** What `run --shard` does: each machine takes its part of a partition that knows the number of functions, and no times. */
export const sharded = (jobs: readonly Job[], builders: number): Loads => {
  const plans = jobs.flatMap((job, at) =>
    Array.from({ length: job.functions }, (_, index) => ({ job, plan: planOf(at, index) })),
  );
  return Array.from({ length: builders }, (_, index) => {
    const mine = new Set(plansOfShard(plans, { index: index + 1, count: builders }).map(({ job }) => job));
    return sum([...mine].map(({ seconds }) => seconds));
  });
};

/** As much of a plan as a partition looks at. */
const planOf = (set: number, index: number): BundlePlan =>
  ({
    hash: { dependencies: String(set).padStart(6, '0'), asset: `${set}/${index}` },
    dependenciesIn: 'bundle',
    install: {},
  }) as unknown as BundlePlan;

/** When the last builder is done. */
export const makespan = (loads: Loads): number => Math.max(0, ...loads);

/** How much of the builders' time is work. */
export const efficiency = (loads: Loads): number =>
  makespan(loads) === 0 ? 1 : sum(loads) / (loads.length * makespan(loads));

/** A job is not divided: no number of builders is done before the longest. */
export const criticalPath = (jobs: readonly Job[]): number =>
  Math.max(0, ...jobs.map(({ seconds }) => seconds));

export const totalWork = (jobs: readonly Job[]): number => sum(jobs.map(({ seconds }) => seconds));

/** The fewest builders that, longest job first, are done within so much of the critical path; more of them help no more. */
export const enoughBuilders = (jobs: readonly Job[], within = 1): number => {
  const limit = criticalPath(jobs) * within + 1e-9;
  let builders = 1;
  while (builders < jobs.length && makespan(longestFirst(jobs, builders)) > limit) builders += 1;
  return builders;
};
