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

/** How a file is named, where an installer runs, and what it may read besides the inputs. */
interface Reading {
  /** How the file is named in a message. */
  readonly name: string;
  /** In the folder of the inputs. */
  readonly workingDirectory: string;
  /** Whether a folder of this machine may be asked as an index: the plan has its digest. */
  readonly isIndex: (folder: string) => boolean;
}

/**
 * What is wrong with a requirements file as an installer reads it, each as a sentence: lines that pip, uv and this library do
 * not read alike, and lines that name files of this machine of which the plan has no digest. A plan that this library made has no such line.
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
          `${name}:${line.at.from} reads a file of this machine of which the plan has no digest: ${redactUrls(line.text)}.`,
      ),
  ];
};
