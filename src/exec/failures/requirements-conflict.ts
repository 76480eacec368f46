import { isRight } from 'fp-ts/Either';
import type { InstallPlan } from '../../plan/model/install-plan';
import { excludeEachOther } from '../../plan/packaging/requirement/excluding-specifiers';
import { nameInRequirement } from '../../plan/packaging/requirement/package-name';
import { parseRequirement } from '../../plan/packaging/requirement/requirement';
import type { ConflictSide } from '../errors/conflict-error';
import type { ConflictOutput } from './conflict-output';
import { conflictOutput } from './conflict-output';
import { packageSide } from './conflict-side';
import type { ExecutionError } from '../errors/execution-error';
import { lastLines, missingRequirement } from '../scripts/installer-output';
import type { PlacedRequirement } from '../install/placed-requirements';
import { placedRequirements } from '../install/placed-requirements';

type Install = Pick<InstallPlan, 'declaration' | 'inputs' | 'generated' | 'uv' | 'host' | 'isLocked'>;

const declaredSide = ({ text, force, place, included }: PlacedRequirement): ConflictSide => ({
  asks: text,
  by: force,
  package: null,
  comesWith: null,
  place,
  included,
});

/** The versions that a requirement allows; undefined if they are not known, as for a URL. */
const specifierOf = (requirement: string): string | undefined => {
  const read = parseRequirement(requirement);
  return isRight(read) && read.right.url === null ? read.right.specifier : undefined;
};

/** The requirements of one package. */
interface Asked {
  readonly name: string;
  readonly sides: readonly ConflictSide[];
  /** Whether a line fixes the version by a URL or a path. */
  readonly isOfPlace: boolean;
}

/** All requirements of one package. An installer names the need of each version that it tries: one is enough. */
const sidesOf = (
  install: Install,
  placed: readonly PlacedRequirement[],
  said: ConflictOutput,
  name: string,
): readonly ConflictSide[] => {
  const all = said.needs.filter(({ requirement }) => nameInRequirement(requirement) === name);
  const needs = all.filter((need, at) => all.findIndex((other) => other.package === need.package) === at);
  const declared = placed.filter((each) => each.name === name && specifierOf(each.text) !== '');
  const overrides = declared.filter(({ force }) => force === 'override');
  // Overrides replace all other requirements.
  if (overrides.length > 0) return overrides.map(declaredSide);
  const ofPackages = needs.map((need) => packageSide(install, placed, said, need));
  return [...declared.map(declaredSide), ...inOrder(placed, ofPackages)];
};

/** Sorts by the lines that require the packages: installers have an order of their own. */
const inOrder = (
  placed: readonly PlacedRequirement[],
  sides: readonly ConflictSide[],
): readonly ConflictSide[] => {
  const at = ({ place }: ConflictSide): number => placed.findIndex((each) => each.place === place);
  return [...sides].sort((one, other) => at(one) - at(other));
};

const exclude = (sides: readonly ConflictSide[]): boolean => {
  const specifiers = sides.flatMap(({ asks }) => specifierOf(asks) ?? []);
  return specifiers.length === sides.length && excludeEachOther(specifiers);
};

/** A package that a line requires in any version, and that constraints limit to versions that cannot be installed. */
const limitedByConstraint = (
  placed: readonly PlacedRequirement[],
  { limited }: ConflictOutput,
): Asked | undefined =>
  limited
    .map((name) => {
      const sides = placed.filter((each) => each.name === name).map(declaredSide);
      return { name, sides, isOfPlace: false };
    })
    .find(({ sides }) => sides.length > 1);

/**
 * The error that no version of a package fits all requirements, with the file and the line of each. Undefined if the
 * installer reports no conflict, or does not name two requirements of one package that exclude each other.
 */
export const requirementsConflict = (install: Install, output: string): ExecutionError | undefined => {
  const said = install.isLocked ? undefined : conflictOutput(output);
  if (said === undefined) return undefined;
  const placed = placedRequirements(install);
  const names = new Set([
    ...placed.map(({ name }) => name),
    ...said.needs.map(({ requirement }) => nameInRequirement(requirement)),
  ]);
  const several = [...names].flatMap((name): Asked | readonly [] => {
    const sides = sidesOf(install, placed, said, name).filter(({ asks }) => specifierOf(asks) !== '');
    const isOfPlace = placed.some((each) => each.name === name && each.isOfPlace);
    return sides.length > 1 ? { name, sides, isOfPlace } : [];
  });
  const missing = missingRequirement(output);
  // The released versions also decide: a version that would fit both requirements may never have been released.
  const only = missing === undefined && several.length === 1 ? several[0] : undefined;
  const isNamed = ({ name }: Asked): boolean =>
    said.fixed.includes(name) || (missing !== undefined && nameInRequirement(missing) === name);
  const found =
    several.find(({ sides }) => exclude(sides)) ??
    several.find((each) => each.isOfPlace && isNamed(each)) ??
    only ??
    limitedByConstraint(placed, said);
  return (
    found && {
      _tag: 'RequirementsConflict',
      name: found.name,
      sides: found.sides,
      output: lastLines(output),
    }
  );
};
