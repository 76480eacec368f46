import * as path from 'node:path';
import { memoizeByObject } from '../../values/memoize-by-object';
import { isRemote } from '../../packaging/local/local-reference';
import { lineTarget } from './line-target';
import type { RequirementsLine } from './requirements-file';
import { readRequirements } from './requirements-file';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** A line and its file. */
export interface PlacedLine {
  readonly line: RequirementsLine;
  /** Absolute path. */
  readonly file: string;
  /** Whether the line installs nothing and only restricts versions (`-c`). */
  readonly isConstraint: boolean;
}

/** The lines of the first file and of all that it includes, in the order in which installers read them. */
export const placedLines = memoizeByObject(({ texts }: RequirementsSnapshot): readonly PlacedLine[] => {
  const workingFolder = path.dirname(texts[0].file);
  const visited = new Set<string>();
  const visit = (file: string, isConstraint: boolean): readonly PlacedLine[] => {
    const key = JSON.stringify([file, isConstraint]);
    if (visited.has(key)) return [];
    visited.add(key);
    return readRequirements(texts.find((text) => text.file === file)?.text ?? '').flatMap((line) =>
      line._tag === 'Include' && !isRemote(line.target)
        ? visit(lineTarget(line, file, workingFolder), isConstraint || line.flag === '-c')
        : { line, file, isConstraint },
    );
  };
  return visit(texts[0].file, false);
});

/** The lines that may install something: those of the first file and of all files that it includes with `-r`. */
export const requestedLines = (requirements: RequirementsSnapshot): readonly RequirementsLine[] =>
  placedLines(requirements).flatMap(({ line, isConstraint }) => (isConstraint ? [] : line));

/** Whether a line asks for a package. The content of an included remote file is unknown, so such a line counts. */
export const asksForPackage = (line: RequirementsLine): boolean =>
  line._tag === 'Named' || line._tag === 'LocalPackage' || (line._tag === 'Include' && line.flag === '-r');

/** Whether a line installs a package for any target: no marker can leave it out. */
export const alwaysInstalls = (line: RequirementsLine): boolean =>
  (line._tag === 'Named' || line._tag === 'LocalPackage') && !line.marked;

/** Whether a line says where installers look for packages. */
export const namesPlace = (line: RequirementsLine): boolean =>
  line._tag === 'FindLinks' ||
  (line._tag === 'Option' && /^(-i|--index-url|--extra-index-url|--pypi-url|--no-index)/.test(line.text));
