import { REMEMBER_ENVIRONMENT, TELL_STATE } from '../../plan/install/hook-script';
import { pythonProgram } from './python-program';

/** The name under which {@link wholeScript} lies in a build container, where the install script imports it. */
export const WHOLE_SCRIPT_NAME = 'whole_build.py';

/** The file beside it that says what of the inputs is no part of the bundle. */
export const LAYOUT_NAME = 'layout.json';

/** The folder beside it with files of the user's at the paths of what is written for installers. */
export const ASIDE_NAME = 'aside';

/** What the script prints last when the commands of a hook have failed. */
export const HOOK_MARKER = 'cdk-lambda-python: commands failed:';

/** Builds a whole bundle in a container, as `wholeOnHost` does on this machine. */
export const wholeScript = pythonProgram('whole_build', () => ({
  ASIDE_NAME,
  HOOK_MARKER,
  LAYOUT_NAME,
  REMEMBER_ENVIRONMENT,
  TELL_STATE,
}));
