import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { CarriedPlan } from '../exec/assembly/carry-plan';
import { CARRIED } from '../exec/assembly/carry-plan';
import { readAssembly } from '../exec/assembly/read-assembly';
import { plansBySet } from '../plan/assembly/shard';
import { fail } from './fail';
import { planBake } from './plan-bake';

/** The output formats for the plans of an assembly. */
export const ASSEMBLY_FORMATS = ['json', 'matrix', 'bake'] as const;

export type AssemblyFormat = (typeof ASSEMBLY_FORMATS)[number];

/**
 * Prints all plans of a cloud assembly: as JSON, with the first plan of each distinct set in front; as jobs that could
 * make them; or as a file for `docker buildx bake`.
 */
export const planAssembly = async (assembly: string, format: AssemblyFormat): Promise<void> => {
  const plans = readAssembly(path.resolve(assembly));
  if (isLeft(plans)) {
    fail(plans.left);
    return;
  }
  const sets = plansBySet(plans.right);
  if (format === 'bake') {
    await planBake(assembly, firstOfEachFirst(sets));
    return;
  }
  const value = format === 'json' ? firstOfEachFirst(sets) : { include: sets.map(jobOf(assembly)) };
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

const firstOfEachFirst = (sets: readonly (readonly CarriedPlan[])[]): readonly CarriedPlan[] => [
  ...sets.flatMap((set) => set.slice(0, 1)),
  ...sets.flatMap((set) => set.slice(1)),
];

/** A job in the form of a GitHub Actions matrix, which other systems accept or easily convert. */
const jobOf =
  (assembly: string) =>
  (
    set: readonly CarriedPlan[],
    index: number,
    sets: readonly unknown[],
  ): Readonly<Record<string, string>> => {
    const [first] = set;
    return {
      shard: `${index + 1}/${sets.length}`,
      name: `${first?.plan.label ?? ''}${set.length > 1 ? ` and ${set.length - 1} more` : ''}`,
      runtime: first?.plan.runtime.name ?? '',
      architecture: first?.plan.runtime.architecture ?? '',
      plans: set.map(({ plan }) => path.posix.join(assembly, CARRIED, `${plan.hash.asset}.json`)).join(' '),
    };
  };
