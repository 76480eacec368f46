import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Values } from '../../plan/variables/installer-environment';

/** The names under which pip and uv look for it in the home folder; the second is that of Windows. */
const NAMES = ['.netrc', '_netrc'];

/**
 * The file from which pip and uv of this machine would take user names and passwords, for those of a container. Its path
 * is all that is ever asked for.
 *
 * @param home absolute path of the user's home folder
 */
export const findNetrc = (environment: Values, home: string | undefined): string | undefined => {
  const named = environment['NETRC'];
  const candidates = named ? [named] : home === undefined ? [] : NAMES.map((name) => path.join(home, name));
  for (const candidate of candidates) {
    try {
      // An engine may not follow links on its own machine, and a pipe could be read only once.
      const file = fs.realpathSync(candidate);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // The next may be there.
    }
  }
  return undefined;
};
