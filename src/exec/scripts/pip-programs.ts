import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';
import { PIP_PAGE } from './page-without-files';
import { pythonProgram } from './python-program';

/** The start of a line by which a pip refuses to build. */
export const PIP_REFUSAL = 'cdk-lambda-python: must be built: ';

/** The variable with the normalized name of the only distribution that a pip installs. */
export const ALONE_VARIABLE = 'CDK_LAMBDA_PYTHON_ALONE';

/** The variable with the target's markers, for the pip of a container. */
export const TARGET_VARIABLE = 'CDK_LAMBDA_PYTHON_TARGET';

/** The file with the variables that a distribution's code may see, beside {@link buildSite} and {@link pipLauncher}. */
export const ENVIRONMENT_NAME = 'environment.json';

/** The file name of {@link pipLauncher} there, for the pip that installs the requirements of a build. */
export const LAUNCHER_NAME = 'pip_launcher.py';

const values = () => ({
  ALONE_VARIABLE,
  CONFIG_SETTINGS_VARIABLE,
  ENVIRONMENT_NAME,
  LAUNCHER_NAME,
  PIP_PAGE,
  PIP_REFUSAL,
  TARGET_VARIABLE,
});

/** Starts pip for the target instead of this machine. */
export const pipLauncher = pythonProgram('pip_launcher', values);

/** The file name of {@link containerPip} in a build container; the plan's command names it. */
export const CONTAINER_PIP_NAME = 'pip_without_builds.py';

/** A pip that builds nothing. */
export const containerPip = pythonProgram('pip_without_builds', values);

/** The file name of {@link containerQuietPip} in a build container. */
export const CONTAINER_QUIET_PIP_NAME = 'pip_by_variables.py';

/** A pip that passes indexes as variables to the pips that it starts. */
export const containerQuietPip = pythonProgram('pip_by_variables', values);

/** The name of the module that Python imports before any other code. */
export const SITE_NAME = 'sitecustomize.py';

/** Removes all variables that a build may not see from a Python that uv has started for a build. */
export const buildSite = pythonProgram('build_site', values);
