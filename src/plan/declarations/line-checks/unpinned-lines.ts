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
import { holds } from '../lines/marker-holds';
import type { Pin } from './pinned-line';
import { pinOf } from './pinned-line';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import { withoutOptions } from '../lines/without-options';

/** A line that nothing fixes, and why. */
interface UnfixedLine extends UnpinnedLine {
  readonly pin: Exclude<Pin, 'fixed'>;
}

/** The normalized name at the beginning of a requirement. */
export const nameOf = (text: string): string => {
  const [, name = ''] = /^([A-Za-z0-9][\w.-]*)/.exec(text) ?? [];
  return normalizeName(name);
};

/** The marker of a requirement, as it is written; null without one. */
export const markerOf = (text: string): string | null => {
  const parsed = parseRequirement(withoutOptions(text));
  return isLeft(parsed) ? null : parsed.right.marker;
};

/** The constraints of a target by name. Of several about one name, one that names a version counts. */
const constraintsIn = (lines: readonly PlacedLine[], markers: Markers): ReadonlyMap<string, string> => {
  const texts = lines.flatMap(({ line, isConstraint }) =>
    isConstraint && line._tag === 'Named' && holds(markerOf(line.text), markers) ? line.text : [],
  );
  const fixing = texts.filter((text) => pinOf(text) === 'fixed');
  return new Map([...texts, ...fixing].map((text) => [nameOf(text), text]));
};

/** A requirement and where it stands, as one that nothing fixes; nothing where something does, or the target does not need it. */
export const unfixed = (
  text: string,
  place: { readonly file: string; readonly line: number },
  markers: Markers,
  constraint?: string,
): readonly UnfixedLine[] => {
  const pin = pinOf(text, constraint);
  return pin === 'fixed' || !holds(markerOf(text), markers)
    ? []
    : [{ ...place, requirement: redactUrls(withoutOptions(text)), pin }];
};

/** The lines of a requirements file, and of what it includes, that nothing fixes on a target. */
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
      line._tag === 'Named' && !isConstraint && holds(markerOf(line.text), markers) ? nameOf(line.text) : [],
    ),
    ...localPackages.flatMap(({ name }) => (name === null ? [] : normalizeName(name))),
  ]);
  const needed = localPackages.flatMap((local) => neededBy(local, markers, constraints));
  // A line of the file fixes it, or is listed itself.
  return [...own, ...needed.filter(({ requirement }) => !named.has(nameOf(requirement)))];
};

/** What a folder of the user's own needs: its content is hashed, and not what it asks an index for. */
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

/** Those that are still open where an index is asked as of a date: the date fixes what an index has, and nothing else. */
export const openLines = (
  lines: readonly UnfixedLine[],
  { resolvedAsOf }: Pick<DependencyRequest, 'resolvedAsOf'>,
): readonly UnfixedLine[] => lines.filter(({ pin }) => pin !== 'index' || resolvedAsOf === undefined);

const told = ({ file, line, requirement }: UnfixedLine): UnpinnedLine => ({ file, line, requirement });

/** What a warning lists: a branch of a repository has a warning of its own. */
export const toldLines = (lines: readonly UnfixedLine[]): readonly UnpinnedLine[] =>
  lines.filter(({ pin }) => pin !== 'git').map(told);

/** What an error lists: all of them. */
export const refusedLines = (lines: readonly UnfixedLine[]): readonly UnpinnedLine[] => lines.map(told);

/** A requirements file that does not fix what is installed; nothing where no line of it is open. */
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
