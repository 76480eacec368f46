import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Values } from '../../plan/variables/installer-environment';

/** The names of the netrc file that pip and uv look for in the home folder; the second is the name on Windows. */
const NAMES = ['.netrc', '_netrc'];

/**
 * Finds the netrc file from which pip and uv take user names and passwords, so that a container can use it too. This
 * library needs only its path.
 *
 * @param home absolute path of the user's home folder
 */
export const findNetrc = (environment: Values, home: string | undefined): string | undefined => {
  const named = environment['NETRC'];
  const candidates = named ? [named] : home === undefined ? [] : NAMES.map((name) => path.join(home, name));
  for (const candidate of candidates) {
    try {
      // An engine may not follow links of this machine, and a pipe could be read only once.
      const file = fs.realpathSync(candidate);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // The next candidate may exist.
    }
  }
  return undefined;
};
