import { REMEMBER_ENVIRONMENT, TELL_STATE } from '../../plan/install/hook-script';
import { pythonProgram } from './python-program';

/** The file name of {@link wholeScript} in a build container, where the install script imports it. */
export const WHOLE_SCRIPT_NAME = 'whole_build.py';

/** The file beside it that lists the inputs which are not part of the bundle. */
export const LAYOUT_NAME = 'layout.json';

/** The folder beside it with the user's files whose paths are taken by files for installers. */
export const ASIDE_NAME = 'aside';

/** The start of the script's last line if the commands of a hook have failed. */
export const HOOK_MARKER = 'cdk-lambda-python: commands failed:';

/** Builds a whole bundle in a container, as `wholeOnHost` does on this machine. */
export const wholeScript = pythonProgram('whole_build', () => ({
  ASIDE_NAME,
  HOOK_MARKER,
  LAYOUT_NAME,
  REMEMBER_ENVIRONMENT,
  TELL_STATE,
}));
