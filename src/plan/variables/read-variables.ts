/** Two letters at least: a shorter name is as a rule one of the command's own. */
const NAME = '[A-Z][A-Z0-9_]+';

/** What a POSIX shell, `cmd` or Python reads. `${#NAME}` and `${NAME:-x}` read it too; `\$NAME` and `$$NAME` do not. */
const readers = (name: string): readonly RegExp[] => [
  new RegExp(String.raw`(?<![\\$])\$(${name})(?![A-Za-z0-9_])`, 'g'),
  new RegExp(String.raw`(?<![\\$])\$\{[#!]?(${name})(?![A-Za-z0-9_])`, 'g'),
  new RegExp(String.raw`(?<![%\w])%(${name})%`, 'g'),
  new RegExp(String.raw`\benviron(?:\.get\(|\[)\s*\\?["'](${name})\\?["']`, 'g'),
  new RegExp(String.raw`\bgetenv\(\s*\\?["'](${name})\\?["']`, 'g'),
];

const READS = readers(NAME);

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

const QUOTED = /\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'/g;

const BALANCED = new RegExp(`^(?:[^"'\\\\]|${QUOTED.source})*$`);

/** A command in which each `$` that its shell leaves as it is has a backslash: those between single quotes, and of such a document. */
const withoutLiterals = (command: string): string => {
  if (/<<-?\s*["'\\]/.test(command)) return command.replaceAll('$', '\\$');
  if (!BALANCED.test(command)) return command;
  return command.replace(QUOTED, (part) => (part.startsWith("'") ? part.replaceAll('$', '\\$') : part));
};

/** Commands as one text in which names are looked for. */
export const textOfCommands = (commands: readonly string[]): string =>
  commands.map(withoutLiterals).join('\n');

/** The names of variables that a text reads: those in capitals. */
export const readNames = (text: string): ReadonlySet<string> => new Set(namesBy(READS, text));

/** Whether a text reads a variable, whatever letters its name has. */
export const readsName = (text: string, name: string): boolean =>
  text.includes(name) && readers(name.replace(/\W/g, '\\$&')).some((pattern) => pattern.test(text));

/** The names of variables to which a text gives a value. */
export const assignedNames = (text: string): ReadonlySet<string> =>
  new Set([
    ...namesBy(ASSIGNS, text),
    ...[...text.matchAll(ASSIGNING)].flatMap(([, rest = '']) => rest.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []),
  ]);
