import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';
import { PIP_PAGE } from './page-without-files';
import { pythonProgram } from './python-program';

/** What a pip says that must not build. */
export const PIP_REFUSAL = 'cdk-lambda-python: must be built: ';

/** The variable that names the one distribution that a pip puts in place, normalized. */
export const ALONE_VARIABLE = 'CDK_LAMBDA_PYTHON_ALONE';

/** The variable by which a container's pip gets the markers of the target. */
export const TARGET_VARIABLE = 'CDK_LAMBDA_PYTHON_TARGET';

/** The file that says what the code of a distribution sees, beside {@link buildSite} and {@link pipLauncher}. */
export const ENVIRONMENT_NAME = 'environment.json';

/** The name under which {@link pipLauncher} lies there, for the pip that gets what a build requires. */
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

/** Starts pip for the target instead of for this machine. */
export const pipLauncher = pythonProgram('pip_launcher', values);

/** The name under which {@link containerPip} lies in a build container; the plan's command has it. */
export const CONTAINER_PIP_NAME = 'pip_without_builds.py';

/** A pip that builds nothing. */
export const containerPip = pythonProgram('pip_without_builds', values);

/** The name under which {@link containerQuietPip} lies in a build container. */
export const CONTAINER_QUIET_PIP_NAME = 'pip_by_variables.py';

/** A pip that hands package indexes to the pips it starts as variables. */
export const containerQuietPip = pythonProgram('pip_by_variables', values);

/** The name under which Python imports a module before any other code. */
export const SITE_NAME = 'sitecustomize.py';

/** Takes all but the variables of a build from a Python that uv has started for a build. */
export const buildSite = pythonProgram('build_site', values);
