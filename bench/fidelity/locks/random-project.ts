import type { Random } from './random';
import type { Release } from './universe';
import { requirementOf, universeOf } from './universe';

/** A project, in the terms that all tools share. */
export interface Project {
  readonly requiresPython: string;
  readonly dependencies: readonly string[];
  readonly extras: Readonly<Record<string, readonly string[]>>;
  /** A group may include another one. */
  readonly groups: Readonly<Record<string, readonly (string | { readonly include: string })[]>>;
  /** Extras that exclude each other; uv alone knows such. */
  readonly conflicts: readonly string[];
  /** Environments that uv locks for; empty is all. */
  readonly environments: readonly string[];
}

export interface Generated {
  readonly universe: readonly Release[];
  readonly project: Project;
}

/** What is asked of a lock. */
export interface Question {
  readonly groups: readonly string[];
  readonly extras: readonly string[];
}

const packagesOf = (universe: readonly Release[]): readonly Release[] =>
  universe.filter(({ name }, index) => universe.findIndex((other) => other.name === name) === index);

const versionsOf = (universe: readonly Release[], name: string): number =>
  universe.filter((release) => release.name === name).length;

/** One package in two versions, each for some of the targets. */
const forkOf = (universe: readonly Release[], random: Random): readonly string[] => {
  const forked = packagesOf(universe).filter(({ name }) => versionsOf(universe, name) > 1);
  if (forked.length === 0) return [];
  const { name } = random.oneOf(forked);
  const [first, second] = random.oneOf([
    ['python_version < "3.12"', 'python_version >= "3.12"'],
    ['python_version < "3.11"', 'python_version >= "3.11"'],
    ['platform_machine == "x86_64"', 'platform_machine != "x86_64"'],
    ['sys_platform == "win32"', 'sys_platform != "win32"'],
  ] as const);
  return [`${name} <2 ; ${first}`, `${name} >=2 ; ${second}`];
};

const some = (universe: readonly Release[], random: Random, count: number): readonly string[] =>
  random
    .some(packagesOf(universe), count)
    .map((release) => requirementOf(release, random, ['', '', '', '>=1.0']));

const extrasFor = (universe: readonly Release[], random: Random, conflict: boolean): Project['extras'] => {
  if (conflict) {
    const forked = packagesOf(universe).find(({ name }) => versionsOf(universe, name) > 1)?.name ?? 'amber';
    return {
      cpu: [`${forked} <2`, ...some(universe, random, 1)],
      gpu: [`${forked} >=2`, ...some(universe, random, 1)],
    };
  }
  const all = random.chance(0.5);
  const parts = { web: some(universe, random, 2), db: some(universe, random, 1) };
  return all ? { ...parts, all: ['app[web,db]'] } : parts;
};

/** A project of a seed. */
export const generate = (random: Random): Generated => {
  const universe = universeOf(random);
  const isConflict = random.chance(0.2);
  const extras = random.chance(0.7) || isConflict ? extrasFor(universe, random, isConflict) : {};
  const fork = random.chance(0.4) && !isConflict ? forkOf(universe, random) : [];
  return {
    universe,
    project: {
      requiresPython: random.oneOf(['>=3.9', '>=3.9', '>=3.9', '>=3.9,<4', '>=3.11']),
      dependencies: [...fork, ...some(universe, random, 2 + random.below(3))],
      extras,
      groups: random.chance(0.6)
        ? { dev: some(universe, random, 2), ops: [{ include: 'dev' }, ...some(universe, random, 1)] }
        : {},
      conflicts: isConflict ? ['cpu', 'gpu'] : [],
      environments: random.chance(0.25)
        ? [
            random.oneOf([
              'sys_platform == "linux"',
              'python_version >= "3.11"',
              'platform_machine == "x86_64"',
            ]),
          ]
        : [],
    },
  };
};

/** What can be asked of a project: nothing more, each of its extras and groups, and all that may be together. */
export const questionsOf = ({ extras, groups, conflicts }: Project): readonly Question[] => {
  const names = Object.keys(extras);
  const together = names.filter((name) => conflicts.length === 0 || name !== conflicts[0]);
  const groupNames = Object.keys(groups);
  return [
    { groups: [], extras: [] },
    ...names.map((name) => ({ groups: [], extras: [name] })),
    ...groupNames.map((name) => ({ groups: [name], extras: [] })),
    ...(together.length + groupNames.length > 1 ? [{ groups: groupNames, extras: together }] : []),
  ];
};
