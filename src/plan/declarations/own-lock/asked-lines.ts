import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import { byText } from '../../values/hash';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import { readPyproject } from '../../packaging/project/pyproject';
import { relativePath } from '../../values/paths';
import { redactUrls } from '../../values/redact';
import type { LocalPackage, RequirementsSnapshot } from '../../model/source-snapshot';

/** One of the things that a declaration asks for, and where it stands. */
export interface AskedLine {
  /** Without passwords and paths of this machine; a lock lists these. */
  readonly text: string;
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** One space between words: how a line is spaced says nothing. */
const plain = (text: string): string => redactUrls(text).replace(/\s+/g, ' ').trim();

/** A path of this machine, as seen from the folder of the lock. */
const placed = (folder: string, target: string): string =>
  path.isAbsolute(target) ? relativePath(folder, target) : target;

const lineText = (folder: string, { line, isConstraint }: PlacedLine): string => {
  switch (line._tag) {
    case 'LocalPackage':
      return plain(line.text.replace(line.target, () => placed(folder, line.target)));
    case 'FindLinks':
      return `--find-links ${placed(folder, line.target)}`;
    case 'Option':
      // Those of an index are needed where the lock is installed; a lock is not made of one with a password.
      return line.text.replace(/\s+/g, ' ').trim();
    case 'Include':
    case 'Named':
      return `${isConstraint && line._tag === 'Named' ? '-c ' : ''}${plain(line.text)}`;
  }
};

/** What stands between a need of a local package and the file that names it. */
export const NEEDED_BY = ' # ';

/** What folders of the user's own need: a lock has that as well. */
const neededBy = (folder: string, { path: place, pyproject }: LocalPackage): readonly AskedLine[] => {
  if (pyproject === undefined) return [];
  const file = path.join(place, 'pyproject.toml');
  const read = readPyproject({ file, text: pyproject }, { groups: [], extras: [] });
  return isLeft(read)
    ? []
    : (read.right?.requirements ?? []).map(({ text, line }) => ({
        text: `${plain(text)}${NEEDED_BY}${relativePath(folder, file)}`,
        file,
        line,
      }));
};

/** Of those with one text, the first. */
const inOrder = (lines: readonly AskedLine[]): readonly AskedLine[] =>
  [...new Map([...lines].reverse().map((line) => [line.text, line])).values()].sort((a, b) =>
    byText(a.text, b.text),
  );

/** All that a requirements file asks for, with what it includes: one text each, in order, without passwords. */
export const askedByFile = (requirements: RequirementsSnapshot): readonly AskedLine[] => {
  const folder = path.dirname(requirements.texts[0].file);
  return inOrder([
    ...placedLines(requirements).map((placed) => ({
      text: lineText(folder, placed),
      file: placed.file,
      line: placed.line.at.from,
    })),
    ...requirements.localPackages.flatMap((local) => neededBy(folder, local)),
  ]);
};

/**
 * The same of a project or a script.
 *
 * @param file absolute path of the declaration
 */
export const askedByProject = (
  file: string,
  { requirements, locals }: DeclaredDependencies,
  localPackages: readonly LocalPackage[],
): readonly AskedLine[] => {
  const folder = path.dirname(file);
  return inOrder([
    ...requirements.map(({ text, line }) => ({ text: plain(text), file, line })),
    ...locals.map(({ name, extras, marker, path: place, line }) => ({
      text: plain(
        `${name}${extras.length === 0 ? '' : `[${extras.join(',')}]`} @ ${placed(folder, place)}${marker === null ? '' : ` ; ${marker}`}`,
      ),
      file,
      line,
    })),
    ...localPackages.flatMap((local) => neededBy(folder, local)),
  ]);
};
