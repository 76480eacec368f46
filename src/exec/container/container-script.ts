import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';
import { CONTAINER_FOLDERS } from '../../plan/install/docker-argv';
import { FURTHER_INDEXES } from '../../plan/install/index-order';
import { AS_PIP } from '../../plan/target/install-choice';
import { MINIMUM_DATED_PIP } from '../../plan/variables/installer-versions';
import { INDEX_VARIABLES } from '../../plan/variables/declared-index';
import { namesOf, STRICT_VARIABLES } from '../../plan/variables/installer-variables';
import { CANARY_BACK, CANARY_NAME } from '../../plan/install/mount-canary';
import { BYTECODE_SCRIPT_NAME } from '../scripts/bytecode-script';
import { OTHER_PLATFORM, PIP_LACKS_WHEEL, UNNAMED_BUILD, UV_LACKS_WHEEL } from '../scripts/installer-output';
import { UV_LOGGED } from '../scripts/page-without-files';
import {
  ALONE_VARIABLE,
  CONTAINER_PIP_NAME,
  CONTAINER_QUIET_PIP_NAME,
  PIP_REFUSAL,
  TARGET_VARIABLE,
} from '../scripts/pip-programs';
import { pythonProgram } from '../scripts/python-program';
import { UV_LOG, UV_PAGES } from '../scripts/uv-pages';
import { MOST_BUILDS } from '../scripts/wheels-first';
import { MACHINE_LINKS_NAME } from './container-links';
import { MACHINE_VARIABLES_NAME, TOOLS_PLACE } from './container-variables';
import { VERSIONS_REFUSED } from './container-versions';
import { ORDER_REFUSED } from '../errors/index-error';
import { INSTALLER_FILE } from '../errors/installer-used';
import { NO_UV } from '../install/needs-uv';
import { NO_GIT } from '../git/no-git-in-image';
import { CERTIFICATES_NAME } from '../machine/certificates';

/** The name under which {@link containerScript} lies in a build container; the plan's command has it. */
export const CONTAINER_SCRIPT_NAME = 'install.py';

/** The file beside a container's script that names the distributions which are to be left out; not there where none is. */
export const OMITTED_NAME = 'omitted.json';

/** What runs in a build container: installs with the first of the plan's installers that is there, then compiles. */
export const containerScript = pythonProgram('install', () => ({
  ALONE_VARIABLE,
  AS_PIP,
  BYTECODE_FOLDER: CONTAINER_FOLDERS.bytecode,
  BYTECODE_SCRIPT_NAME,
  CANARY_BACK,
  CANARY_NAME,
  CERTIFICATES_NAME,
  CHOOSING_VARIABLES: namesOf('resolution'),
  CONFIG_SETTINGS_VARIABLE,
  CONTAINER_PIP_NAME,
  CONTAINER_QUIET_PIP_NAME,
  DATED_PIP: Number.parseInt(MINIMUM_DATED_PIP, 10),
  FURTHER_INDEXES,
  HANDED_ON_VARIABLES: [...namesOf('handed on'), ...namesOf('index'), ...namesOf('build'), 'PIP_CONFIG_FILE'],
  INDEX_VARIABLES,
  INPUT_FOLDER: CONTAINER_FOLDERS.input,
  INSTALLER_FILE,
  MACHINE_LINKS_NAME,
  MACHINE_VARIABLES_NAME,
  MOST_BUILDS,
  NO_GIT,
  NO_UV,
  OMITTED_NAME,
  ORDER_REFUSED,
  OTHER_PLATFORM,
  PIP_LACKS_WHEEL,
  PIP_REFUSAL,
  STRICT_VARIABLES,
  TARGET_VARIABLE,
  TOOLS_PLACE,
  UNNAMED_BUILD,
  UV_LACKS_WHEEL,
  UV_LOG,
  UV_LOGGED,
  UV_PAGES,
  VERSIONS_REFUSED,
}));
