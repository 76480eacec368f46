import * as path from 'node:path';
import { isRemote } from '../packaging/local-reference';
import { lineTarget } from './line-target';
import type { RequirementsLine } from './requirements-file';
import { readRequirements } from './requirements-file';
import type { RequirementsSnapshot } from '../source-snapshot';

/** The lines that may install something: those of the first file and of all it includes with `-r`. Constraints install nothing. */
export const requestedLines = ({ texts }: RequirementsSnapshot): readonly RequirementsLine[] => {
  const workingFolder = path.dirname(texts[0].file);
  const visited = new Set<string>();
  const visit = (file: string): readonly RequirementsLine[] => {
    if (visited.has(file)) return [];
    visited.add(file);
    return readRequirements(texts.find((text) => text.file === file)?.text ?? '').flatMap((line) =>
      line._tag !== 'Include' || isRemote(line.target)
        ? line
        : line.flag === '-r'
          ? visit(lineTarget(line, file, workingFolder))
          : [],
    );
  };
  return visit(texts[0].file);
};

/** Whether a line asks for a package; of a file on the network it cannot be known, so that one counts. */
export const asksForPackage = (line: RequirementsLine): boolean =>
  line._tag === 'Named' || line._tag === 'LocalPackage' || (line._tag === 'Include' && line.flag === '-r');

/** Whether a line installs a package for any target: no marker can leave it out. */
export const alwaysInstalls = (line: RequirementsLine): boolean =>
  (line._tag === 'Named' || line._tag === 'LocalPackage') && !line.marked;
