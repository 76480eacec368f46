/** At least two letters: shorter names usually belong to the command itself. */
const NAME = '[A-Z][A-Z0-9_]+';

/**
 * The forms in which a POSIX shell, `cmd` or Python reads a variable. `${#NAME}` and `${NAME:-x}` count; `\$NAME` and
 * `$$NAME` do not.
 */
const readers = (name: string): readonly RegExp[] => [
  new RegExp(String.raw`(?<![\\$])\$(${name})(?![A-Za-z0-9_])`, 'g'),
  new RegExp(String.raw`(?<![\\$])\$\{[#!]?(${name})(?![A-Za-z0-9_])`, 'g'),
  new RegExp(String.raw`(?<![%\w])%(${name})%`, 'g'),
  new RegExp(String.raw`\benviron(?:\.get\(|\[)\s*\\?["'](${name})\\?["']`, 'g'),
  new RegExp(String.raw`\bgetenv\(\s*\\?["'](${name})\\?["']`, 'g'),
];

const READS = readers(NAME);

/** Assignments. A command that assigns a name anywhere may read its own value everywhere. */
const ASSIGNS: readonly RegExp[] = [
  new RegExp(String.raw`(?<![A-Za-z0-9_$\{])(${NAME})(?:\[[^\]]*\])?\+?=`, 'g'),
  new RegExp(String.raw`\$\{(${NAME}):?=`, 'g'),
  new RegExp(String.raw`\b(?:for|select)\s+(${NAME})\b`, 'g'),
  new RegExp(String.raw`\benviron\[\s*\\?["'](${NAME})\\?["']\s*\]\s*=(?!=)`, 'g'),
];

/** Commands that assign all names after them. */
const ASSIGNING =
  /\b(?:read|readarray|mapfile|getopts|declare|typeset|local|unset|printf\s+-v)\b([^;&|\n]*)/g;

const namesBy = (patterns: readonly RegExp[], text: string): readonly string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));

const QUOTED = /\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*'/g;

const BALANCED = new RegExp(`^(?:[^"'\\\\]|${QUOTED.source})*$`);

/**
 * A command with a backslash before each `$` that its shell takes literally: inside single quotes, and in a quoted
 * here-document.
 */
const withoutLiterals = (command: string): string => {
  if (/<<-?\s*["'\\]/.test(command)) return command.replaceAll('$', '\\$');
  if (!BALANCED.test(command)) return command;
  return command.replace(QUOTED, (part) => (part.startsWith("'") ? part.replaceAll('$', '\\$') : part));
};

/** Joins commands into one text in which names can be searched. */
export const textOfCommands = (commands: readonly string[]): string =>
  commands.map(withoutLiterals).join('\n');

/** The names of the variables, in capitals, that a text reads. */
export const readNames = (text: string): ReadonlySet<string> => new Set(namesBy(READS, text));

/** Whether a text reads a variable, whose name may have any letters. */
export const readsName = (text: string, name: string): boolean =>
  text.includes(name) && readers(name.replace(/\W/g, '\\$&')).some((pattern) => pattern.test(text));

/** The names of the variables that a text assigns. */
export const assignedNames = (text: string): ReadonlySet<string> =>
  new Set([
    ...namesBy(ASSIGNS, text),
    ...[...text.matchAll(ASSIGNING)].flatMap(([, rest = '']) => rest.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []),
  ]);
