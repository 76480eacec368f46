import * as os from 'node:os';
import type { Values } from '../../plan/variables/installer-environment';

/**
 * The user's home as installers take it: that of the variables, else that of the system.
 *
 * @param environment @default the variables of this process
 */
export const homeOf = (environment: Values = process.env): string =>
  environment['HOME'] || environment['USERPROFILE'] || os.homedir();
