import * as os from 'node:os';
import type { Values } from '../../plan/variables/installer-environment';

/**
 * The user's home folder, as installers find it: from the variables, else from the system.
 *
 * @param environment by default, the variables of this process
 */
export const homeOf = (environment: Values = process.env): string =>
  environment['HOME'] || environment['USERPROFILE'] || os.homedir();
