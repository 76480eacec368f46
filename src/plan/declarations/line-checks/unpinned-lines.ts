import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import { normalizeName } from '../../packaging/requirement/package-name';
import { readPyproject } from '../../packaging/project/pyproject';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { NotPinned, UnpinnedLine } from '../../errors/not-pinned';
import { lockCommandOf } from '../../errors/lock-command';
import { redactUrls } from '../../values/redact';
import type { LocalPackage, RequirementsSnapshot } from '../../model/source-snapshot';
import type { Markers } from '../lines/marker-holds';
import { markerHolds } from '../lines/marker-holds';
import type { Pin } from './pinned-line';
import { pinOf } from './pinned-line';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import { withoutOptions } from '../lines/without-options';

/** An unpinned line, and the reason why it is not fixed. */
interface UnfixedLine extends UnpinnedLine {
  readonly pin: Exclude<Pin, 'fixed'>;
}

/** The normalized name at the beginning of a requirement. */
export const nameOf = (text: string): string => {
  const [, name = ''] = /^([A-Za-z0-9][\w.-]*)/.exec(text) ?? [];
  return normalizeName(name);
};

/** The marker of a requirement, as it is written; null if there is none. */
export const markerOf = (text: string): string | null => {
  const parsed = parseRequirement(withoutOptions(text));
  return isLeft(parsed) ? null : parsed.right.marker;
};

/** The constraints of a target by name. If several have the same name, one that pins a version wins. */
const constraintsIn = (lines: readonly PlacedLine[], markers: Markers): ReadonlyMap<string, string> => {
  const texts = lines.flatMap(({ line, isConstraint }) =>
    isConstraint && line._tag === 'Named' && markerHolds(markerOf(line.text), markers) ? line.text : [],
  );
  const fixing = texts.filter((text) => pinOf(text) === 'fixed');
  return new Map([...texts, ...fixing].map((text) => [nameOf(text), text]));
};

/** Returns a requirement with its place if it is not fixed and the target needs it; otherwise nothing. */
export const unfixed = (
  text: string,
  place: { readonly file: string; readonly line: number },
  markers: Markers,
  constraint?: string,
): readonly UnfixedLine[] => {
  const pin = pinOf(text, constraint);
  return pin === 'fixed' || !markerHolds(markerOf(text), markers)
    ? []
    : [{ ...place, requirement: redactUrls(withoutOptions(text)), pin }];
};

/** The unfixed lines of a requirements file, and of the files that it includes, for a target. */
export const unfixedLines = (
  requirements: RequirementsSnapshot,
  markers: Markers,
): readonly UnfixedLine[] => {
  const lines = placedLines(requirements);
  const constraints = constraintsIn(lines, markers);
  const own = lines.flatMap(({ line, file, isConstraint }) =>
    line._tag !== 'Named' || isConstraint
      ? []
      : unfixed(line.text, { file, line: line.at.from }, markers, constraints.get(nameOf(line.text))),
  );
  const { localPackages } = requirements;
  const named = new Set([
    ...lines.flatMap(({ line, isConstraint }) =>
      line._tag === 'Named' && !isConstraint && markerHolds(markerOf(line.text), markers)
        ? nameOf(line.text)
        : [],
    ),
    ...localPackages.flatMap(({ name }) => (name === null ? [] : normalizeName(name))),
  ]);
  const needed = localPackages.flatMap((local) => neededBy(local, markers, constraints));
  // A line of the file either pins such a requirement or is itself in `own`.
  return [...own, ...needed.filter(({ requirement }) => !named.has(nameOf(requirement)))];
};

/** The unfixed requirements of a local package: a hash covers its content, but not its packages from an index. */
const neededBy = (
  { path: folder, pyproject }: LocalPackage,
  markers: Markers,
  constraints: ReadonlyMap<string, string>,
): readonly UnfixedLine[] => {
  if (pyproject === undefined) return [];
  const file = path.join(folder, 'pyproject.toml');
  const read = readPyproject({ file, text: pyproject }, { groups: [], extras: [] });
  return isLeft(read)
    ? []
    : (read.right?.requirements ?? []).flatMap(({ text, line }) =>
        unfixed(text, { file, line }, markers, constraints.get(nameOf(text))),
      );
};

/** The lines that are still open if `resolvedAsOf` is set: the date only fixes the content of an index. */
export const openLines = (
  lines: readonly UnfixedLine[],
  { resolvedAsOf }: Pick<DependencyRequest, 'resolvedAsOf'>,
): readonly UnfixedLine[] => lines.filter(({ pin }) => pin !== 'index' || resolvedAsOf === undefined);

const placeOf = ({ file, line, requirement }: UnfixedLine): UnpinnedLine => ({ file, line, requirement });

/** The lines that a warning lists. Branches of repositories have their own warning. */
export const toldLines = (lines: readonly UnfixedLine[]): readonly UnpinnedLine[] =>
  lines.filter(({ pin }) => pin !== 'git').map(placeOf);

/** The lines that an error lists: all of them. */
export const refusedLines = (lines: readonly UnfixedLine[]): readonly UnpinnedLine[] => lines.map(placeOf);

/** Reports a requirements file with open lines. */
export const notPinned = (
  file: string,
  lines: readonly UnpinnedLine[],
  { index, extraIndexes }: Pick<DependencyRequest, 'index' | 'extraIndexes'>,
): readonly NotPinned[] =>
  lines.length === 0
    ? []
    : [
        {
          _tag: 'NotPinned',
          file,
          lines,
          command: lockCommandOf(file, { extraIndexes, ...(index === undefined ? {} : { index }) }),
        },
      ];
