import * as path from 'node:path';
import { isRemote } from '../../packaging/local/local-reference';
import { staysInside } from '../../values/paths';
import type { PointingLine } from '../lines/line-target';

/** An option that names a file, and nothing after it. pip drops a backslash where there are no quotes. */
const ONE_WORD = /^-[-a-z]+[ =]?("[^"]*"|'[^']*'|[^\s"'\\]+)$/;

/** What an installer takes for an absolute path or a URL. A requirement may begin with any scheme; a file may have a colon. */
const ELSEWHERE = {
  option: /^(\/|\\|[A-Za-z]:|(https?|file):)/i,
  requirement: /^(\/|\\|[a-z][a-z0-9+.-]*:)|:\/\//i,
};

/**
 * Whether a line points to a place in the folder of the gathered inputs, and both installers read the same path from it.
 *
 * @param folder the one of its file, in the folder of the inputs
 * @param workingDirectory the one that the installer runs in, in the folder of the inputs
 */
export const pointsInside = (line: PointingLine, folder: string, workingDirectory: string): boolean => {
  const isRequirement = line._tag === 'LocalPackage';
  if (!isRequirement && !ONE_WORD.test(line.text)) return false;
  const { target } = line;
  // Both installers put the values of variables in before they look at a path.
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
