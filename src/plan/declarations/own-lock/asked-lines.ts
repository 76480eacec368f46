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

/** A request of a declaration, such as a requirement or an option, and its place. */
export interface AskedLine {
  /** The text that a lock lists, without passwords and paths of this machine. */
  readonly text: string;
  /** Absolute path. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Puts one space between words, because spacing has no meaning. */
const plain = (text: string): string => redactUrls(text).replace(/\s+/g, ' ').trim();

/** A path of this machine, relative to the folder of the lock. */
const placed = (folder: string, target: string): string =>
  path.isAbsolute(target) ? relativePath(folder, target) : target;

const lineText = (folder: string, { line, isConstraint }: PlacedLine): string => {
  switch (line._tag) {
    case 'LocalPackage':
      return plain(line.text.replace(line.target, () => placed(folder, line.target)));
    case 'FindLinks':
      return `--find-links ${placed(folder, line.target)}`;
    case 'Option':
      // The index options are needed for installs from the lock. A URL with a password makes no lock.
      return line.text.replace(/\s+/g, ' ').trim();
    case 'Include':
    case 'Named':
      return `${isConstraint && line._tag === 'Named' ? '-c ' : ''}${plain(line.text)}`;
  }
};

/** Separates a requirement of a local package from the file that names it. */
export const NEEDED_BY = ' # ';

/** The requirements of a local package, because a lock has them as well. */
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

/** Sorts the lines. Of several with the same text, the first stays. */
const inOrder = (lines: readonly AskedLine[]): readonly AskedLine[] =>
  [...new Map([...lines].reverse().map((line) => [line.text, line])).values()].sort((a, b) =>
    byText(a.text, b.text),
  );

/** All requests of a requirements file and of the files that it includes: each text once, sorted, without passwords. */
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
 * All requests of a project or a script, in the same form.
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
