import * as path from 'node:path';
import { isRemote } from '../../packaging/local/local-reference';
import { staysInside } from '../../values/paths';
import type { PointingLine } from '../lines/line-target';

/** An option with one file and nothing after it. Outside of quotes, pip drops backslashes. */
const ONE_WORD = /^-[-a-z]+[ =]?("[^"]*"|'[^']*'|[^\s"'\\]+)$/;

/**
 * Text that an installer reads as an absolute path or a URL. A requirement may have any scheme; a file name may have a
 * colon.
 */
const ELSEWHERE = {
  option: /^(\/|\\|[A-Za-z]:|(https?|file):)/i,
  requirement: /^(\/|\\|[a-z][a-z0-9+.-]*:)|:\/\//i,
};

/**
 * Whether a line points to a place in the folder of the gathered inputs, and both installers read the same path.
 *
 * @param folder the folder of the line's file, in the folder of the inputs
 * @param workingDirectory the folder in which the installer runs, in the folder of the inputs
 */
export const pointsInside = (line: PointingLine, folder: string, workingDirectory: string): boolean => {
  const isRequirement = line._tag === 'LocalPackage';
  if (!isRequirement && !ONE_WORD.test(line.text)) return false;
  const { target } = line;
  // Both installers replace variables before they read a path.
  if (
    ELSEWHERE[isRequirement ? 'requirement' : 'option'].test(target) ||
    isRemote(target) ||
    target.includes('${')
  )
    return false;
  const from = isRequirement ? workingDirectory : folder;
  return isInside(from, target) && isInside(from, target.replaceAll('\\', '/'));
};

const isInside = (from: string, target: string): boolean => staysInside(path.posix.join(from, target));
