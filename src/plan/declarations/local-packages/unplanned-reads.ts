import * as path from 'node:path';
import { localIndexesOf } from '../line-checks/named-indexes';
import { isRemote } from '../../packaging/local/local-reference';
import { showPlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import type { GatheredText } from './gathered-texts';
import { pointsInside } from './points-inside';
import { lineErrors } from '../line-checks/requirements-check';
import type { RequirementsLine } from '../lines/requirements-file';
import { readRequirements } from '../lines/requirements-file';

/** The name of a file, the folder in which the installer runs, and the index folders that it may read. */
interface Reading {
  /** The file's name in messages. */
  readonly name: string;
  /** Path in the folder of the inputs. */
  readonly workingDirectory: string;
  /** Whether the installer may use a folder of this machine as an index, because the plan has its digest. */
  readonly isIndex: (folder: string) => boolean;
}

/**
 * Checks a requirements file as an installer reads it, and returns each error as a sentence: lines that pip, uv and
 * this library do not read alike, and lines with files of this machine of which the plan has no digest. A plan of this
 * library has no such line.
 */
export const unplannedReads = (
  { path: file, text }: GatheredText,
  { name, workingDirectory, isIndex }: Reading,
): readonly string[] => {
  const isInside = (line: RequirementsLine): boolean =>
    !('target' in line) ||
    (line._tag === 'Include' && isRemote(line.target)) ||
    pointsInside(line, path.posix.dirname(file), workingDirectory);
  return [
    ...lineErrors({ texts: [{ file: name, text, digest: '' }], localPackages: [] }).map(showPlanError),
    ...readRequirements(text)
      .filter((line) => !isInside(line) || !localIndexesOf(line).every(isIndex))
      .map(
        (line) =>
          `${name}:${line.at.from} reads a file of this machine that has no digest in the plan: ${redactUrls(line.text)}.`,
      ),
  ];
};
