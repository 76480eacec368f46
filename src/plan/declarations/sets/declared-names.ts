import { isLeft } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import type { BundleRequest } from '../../request/bundle-request';
import { targetMarkers } from '../../packaging/tags/marker-environment';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { SourceSnapshot } from '../../model/source-snapshot';
import { declaredSet } from './declared-set';
import { markerHolds } from '../lines/marker-holds';
import type { RequirementSet } from './requirement-set';
import { requestedLines } from '../lines/requested-lines';
import { markerOf, nameOf } from '../line-checks/unpinned-lines';

/**
 * The normalized names of the distributions that a declaration installs on a target, as far as it names them; a lock
 * also names dependencies. If the declaration has an error, the result has all words of its text that could be names.
 */
export const declaredNames = (
  request: Pick<BundleRequest, 'dependencies'>,
  declared: Pick<SourceSnapshot, 'requirements' | 'project'>,
  target: TargetRuntime,
): readonly string[] => {
  const set = declaredSet(request, declared, target);
  if (isLeft(set)) return words(declared);
  if (set.right === null) return [];
  const unneeded = unneededOn(target, linesOf(set.right, declared));
  const { requested, localPackages } = set.right;
  const names = [...requested, ...localPackages, ...lockedNames(set.right)].map(normalizeName);
  return [...new Set(names)].filter((name) => !unneeded.has(name));
};

/** The names at the start of the lines generated from a lock. */
const lockedNames = ({ generated, isLocked }: RequirementSet): readonly string[] =>
  isLocked ? generated.flatMap(({ text }) => text.match(/^[A-Za-z0-9][\w.-]*/gm) ?? []) : [];

/** Requirements as they are written. For a lock there are none, because it only has those that the target needs. */
const linesOf = (
  { generated, isLocked }: RequirementSet,
  { requirements }: Pick<SourceSnapshot, 'requirements'>,
): readonly string[] => {
  if (isLocked) return [];
  return requirements === null
    ? generated.flatMap(({ text }) => text.split('\n'))
    : requestedLines(requirements).flatMap((line) => (line._tag === 'Named' ? line.text : []));
};

/** The names whose markers do not hold on any of their lines. */
const unneededOn = (target: TargetRuntime, lines: readonly string[]): ReadonlySet<string> => {
  const markers = targetMarkers(target);
  const named = lines.map((line) => ({ name: nameOf(line), isNeeded: markerHolds(markerOf(line), markers) }));
  const needed = new Set(named.flatMap(({ name, isNeeded }) => (isNeeded ? name : [])));
  return new Set(named.flatMap(({ name, isNeeded }) => (isNeeded || needed.has(name) ? [] : name)));
};

const words = ({
  requirements,
  project,
}: Pick<SourceSnapshot, 'requirements' | 'project'>): readonly string[] => {
  const texts = requirements?.texts.map(({ text }) => text) ?? [
    project?.manifest?.text ?? project?.source.text ?? '',
  ];
  return texts.flatMap(wordsOf);
};

/** The words of a text that could be names of distributions, normalized. */
export const wordsOf = (text: string): readonly string[] =>
  (text.match(/[A-Za-z0-9][\w.-]*/g) ?? []).map(normalizeName);
