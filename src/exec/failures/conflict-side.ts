import type { InstallPlan } from '../../plan/model/install-plan';
import type { ConflictSide } from '../errors/conflict-error';
import type { ConflictOutput, Need } from './conflict-output';
import { localLineOfName } from '../install/local-lines';
import type { PlacedRequirement } from '../install/placed-requirements';

type Install = Pick<InstallPlan, 'declaration' | 'inputs'>;

type Asked = Pick<PlacedRequirement, 'text' | 'place' | 'included'>;

/** The line that requires a package by name, or by the path of its folder. */
const askedFor = (
  install: Install,
  placed: readonly PlacedRequirement[],
  name: string,
): Asked | undefined => {
  const line = placed.find((each) => each.name === name && each.force === 'requirement');
  const local = line === undefined ? localLineOfName(install, name) : undefined;
  return line ?? (local === undefined ? undefined : { text: name, place: local, included: null });
};

/** The side of a conflict for a package's need, with the declared requirement that brings the package. */
export const packageSide = (
  install: Install,
  placed: readonly PlacedRequirement[],
  { neededBy }: ConflictOutput,
  { package: name, requirement }: Need,
): ConflictSide => {
  const side = { asks: requirement, by: 'package' } as const;
  const visited = new Set<string>([name]);
  // The loop also visits names that are added to the set meanwhile.
  for (const each of visited) {
    const asked = askedFor(install, placed, each);
    if (asked === undefined) (neededBy.get(each) ?? []).forEach((by) => visited.add(by));
    else {
      const { text, place, included } = asked;
      const isItself = each === name;
      return {
        ...side,
        package: isItself ? text : name,
        comesWith: isItself ? null : text,
        place,
        included,
      };
    }
  }
  const place = install.declaration ?? 'the plan';
  return { ...side, package: name, comesWith: null, place, included: null };
};
