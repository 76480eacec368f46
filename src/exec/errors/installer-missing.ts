import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from './execution-error';

/** The error without an installer; it names the installer that the app asks for, if any. */
export const installerMissing = (
  { installer }: Pick<InstallPlan, 'installer'>,
  error: ExecutionError,
): ExecutionError =>
  installer === undefined || error._tag !== 'NoInstaller'
    ? error
    : { _tag: 'InstallerMissing', installer, pip: error.pip, tried: error.tried };
