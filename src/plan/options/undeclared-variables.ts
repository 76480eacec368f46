import type { BundleRequest } from '../request/bundle-request';
import { isContainerExecutor } from '../request/bundle-request';
import { isCredentialName } from '../values/credential-names';
import type { PlanWarning } from '../errors/plan-warning';
import { assignedNames, readNames, textOfCommands } from '../variables/read-variables';

/** A variable of this machine that a command reads and no hash covers. */
type UndeclaredVariable = Extract<PlanWarning, { readonly _tag: 'UndeclaredVariable' }>;

/** Variables of every machine and shell, and variables with locations. Their values do not get into a bundle. */
const EVERYDAY =
  /^(_|PATH|HOME|PWD|OLDPWD|TMPDIR|TMP|TEMP|USER|USERNAME|USERPROFILE|LOGNAME|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|SHELL|SHELLOPTS|SHLVL|LANG|LANGUAGE|LC_\w+|TZ|TERM|COLUMNS|LINES|DISPLAY|EDITOR|CI|UID|EUID|GID|GROUPS|PPID|IFS|PS[0-4]|OPTARG|OPTIND|OPTERR|RANDOM|SECONDS|SRANDOM|LINENO|REPLY|FUNCNAME|PIPESTATUS|DIRSTACK|MAPFILE|COPROC|EPOCH(SECONDS|REALTIME)|BASH\w*|ERRORLEVEL|CD|DATE|TIME|OS|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAM(DATA|FILES)|SYSTEM(ROOT|DRIVE)|WINDIR|COMPUTERNAME|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|NETRC|XDG_\w+|SSH_\w+|SSL_CERT_(FILE|DIR)|(HTTPS?|ALL|NO|FTP)_PROXY|(REQUESTS|CURL)_CA_BUNDLE|PYTHON\w*|VIRTUAL_ENV|UV_\w+|PIP_\w+|AWS_PROFILE|CDK_LAMBDA_PYTHON_\w+|DOCKER_\w+|GIT_(SSH|CONFIG|ASKPASS|TERMINAL)\w*|NO_COLOR|FORCE_COLOR)$/;

/** A command that runs another file in its shell, or runs generated text, may set any variable. */
const ASSIGNS_ANY = /(^|[\s;&|({])(source|\.)\s+\S|\beval\b|\bexport\s+["']?(\$\(|`)/;

/**
 * The variables of this machine that the commands of hooks read by name and nothing declares: no hash has their values.
 * Commands in a container see no variable of this machine. Scripts that commands start are not examined.
 */
export const undeclaredVariables = ({
  hooks,
  docker,
  executor,
  variables = {},
}: Pick<BundleRequest, 'hooks' | 'docker' | 'executor' | 'variables'>): readonly UndeclaredVariable[] => {
  const isInContainer = isContainerExecutor(executor) || docker.command !== undefined;
  const text = textOfCommands([...hooks.before, ...hooks.after]);
  if (isInContainer || ASSIGNS_ANY.test(text)) return [];
  const known = new Set([...assignedNames(text), ...docker.environment, ...Object.keys(variables)]);
  const names = [...readNames(text)]
    .filter((name) => !known.has(name) && !EVERYDAY.test(name) && !isCredentialName(name))
    .sort();
  return names.length === 0 ? [] : [{ _tag: 'UndeclaredVariable', names }];
};
