import type { BundleRequest } from './bundle-request';
import { isContainerExecutor } from './bundle-request';
import { isCredentialName } from './credential-names';
import type { PlanWarning } from './plan-warning';

/** A variable of the machine that a command reads and no hash holds. */
type UndeclaredVariable = Extract<PlanWarning, { readonly _tag: 'UndeclaredVariable' }>;

/** What every machine and every shell has, and what says where things are: values of these are not in a bundle. */
const EVERYDAY =
  /^(_|PATH|HOME|PWD|OLDPWD|TMPDIR|TMP|TEMP|USER|USERNAME|USERPROFILE|LOGNAME|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|SHELL|SHELLOPTS|SHLVL|LANG|LANGUAGE|LC_\w+|TZ|TERM|COLUMNS|LINES|DISPLAY|EDITOR|CI|UID|EUID|GID|GROUPS|PPID|IFS|PS[0-4]|OPTARG|OPTIND|OPTERR|RANDOM|SECONDS|SRANDOM|LINENO|REPLY|FUNCNAME|PIPESTATUS|DIRSTACK|MAPFILE|COPROC|EPOCH(SECONDS|REALTIME)|BASH\w*|ERRORLEVEL|CD|DATE|TIME|OS|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAM(DATA|FILES)|SYSTEM(ROOT|DRIVE)|WINDIR|COMPUTERNAME|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|NETRC|XDG_\w+|SSH_\w+|SSL_CERT_(FILE|DIR)|(HTTPS?|ALL|NO|FTP)_PROXY|(REQUESTS|CURL)_CA_BUNDLE|PYTHON\w*|VIRTUAL_ENV|UV_\w+|PIP_\w+|AWS_PROFILE|CDK_LAMBDA_PYTHON_\w+|DOCKER_\w+|GIT_(SSH|CONFIG|ASKPASS|TERMINAL)\w*|NO_COLOR|FORCE_COLOR)$/;

/** Two letters at least: a shorter name is as a rule one of the command's own. */
const NAME = '[A-Z][A-Z0-9_]+';

/** What a POSIX shell, `cmd` or Python reads. `${#NAME}` and `${NAME:-x}` read it too; `\$NAME` and `$$NAME` do not. */
const READS: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\\$])\$(${NAME})(?![A-Za-z0-9_])`, 'g'),
  new RegExp(String.raw`(?<![\\$])\$\{[#!]?(${NAME})(?![A-Za-z0-9_])`, 'g'),
  new RegExp(String.raw`(?<![%\w])%(${NAME})%`, 'g'),
  new RegExp(String.raw`\benviron(?:\.get\(|\[)\s*\\?["'](${NAME})\\?["']`, 'g'),
  new RegExp(String.raw`\bgetenv\(\s*\\?["'](${NAME})\\?["']`, 'g'),
];

/** What gives a name a value. A command that does so anywhere may read its own value everywhere. */
const ASSIGNS: readonly RegExp[] = [
  new RegExp(String.raw`(?<![A-Za-z0-9_$\{])(${NAME})(?:\[[^\]]*\])?\+?=`, 'g'),
  new RegExp(String.raw`\$\{(${NAME}):?=`, 'g'),
  new RegExp(String.raw`\b(?:for|select)\s+(${NAME})\b`, 'g'),
  new RegExp(String.raw`\benviron\[\s*\\?["'](${NAME})\\?["']\s*\]\s*=(?!=)`, 'g'),
];

/** Commands that give values to all the names behind them. */
const ASSIGNING =
  /\b(?:read|readarray|mapfile|getopts|declare|typeset|local|unset|printf\s+-v)\b([^;&|\n]*)/g;

const namesBy = (patterns: readonly RegExp[], text: string): readonly string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));

const assignedIn = (text: string): ReadonlySet<string> =>
  new Set([
    ...namesBy(ASSIGNS, text),
    ...[...text.matchAll(ASSIGNING)].flatMap(([, rest = '']) => rest.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []),
  ]);

/** A command that runs another file in its shell, or a text that it makes, may give any name a value. */
const ASSIGNS_ANY = /(^|[\s;&|({])(source|\.)\s+\S|\beval\b|\bexport\s+["']?(\$\(|`)/;

const QUOTED = /\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'/g;

const BALANCED = new RegExp(`^(?:[^"'\\\\]|${QUOTED.source})*$`);

/** A command in which each `$` that its shell leaves as it is has a backslash: those between single quotes, and of such a document. */
const withoutLiterals = (command: string): string => {
  if (/<<-?\s*["'\\]/.test(command)) return command.replaceAll('$', '\\$');
  if (!BALANCED.test(command)) return command;
  return command.replace(QUOTED, (part) => (part.startsWith("'") ? part.replaceAll('$', '\\$') : part));
};

/**
 * The variables of the machine that the commands of hooks read by name and that nothing declares: no hash holds their values. Where
 * a container runs the commands they see no variable of the machine. The scripts that commands start are not looked at.
 */
export const undeclaredVariables = ({
  hooks,
  docker,
  executor,
  variables = {},
}: Pick<BundleRequest, 'hooks' | 'docker' | 'executor' | 'variables'>): readonly UndeclaredVariable[] => {
  const isInContainer = isContainerExecutor(executor) || docker.command !== undefined;
  const text = [...hooks.before, ...hooks.after].map(withoutLiterals).join('\n');
  if (isInContainer || ASSIGNS_ANY.test(text)) return [];
  const known = new Set([...assignedIn(text), ...docker.environment, ...Object.keys(variables)]);
  const names = [...new Set(namesBy(READS, text))]
    .filter((name) => !known.has(name) && !EVERYDAY.test(name) && !isCredentialName(name))
    .sort();
  return names.length === 0 ? [] : [{ _tag: 'UndeclaredVariable', names }];
};
