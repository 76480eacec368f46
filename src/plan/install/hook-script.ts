/** The folders of a run that a hook's commands may name. */
export interface HookFolders {
  readonly input: string;
  readonly output: string;
}

/** Writes a path as part of one shell word: `plain` outside of quotes, the others inside of them. */
interface Quoting {
  readonly plain: (path: string) => string;
  readonly inSingle: (path: string) => string;
  readonly inDouble: (path: string) => string;
}

const POSIX: Quoting = {
  plain: (path) => (/^[\w@%+=:,./-]+$/.test(path) ? path : `'${POSIX.inSingle(path)}'`),
  inSingle: (path) => path.replaceAll("'", "'\\''"),
  inDouble: (path) => path.replace(/[\\"$`]/g, '\\$&'),
};

/** On Windows a path has no double quote, and single quotes have no meaning to `cmd`. */
const WINDOWS: Quoting = {
  plain: (path) => (/^[\w@+:./\\-]+$/.test(path) ? path : `"${path}"`),
  inSingle: (path) => WINDOWS.plain(path),
  inDouble: (path) => path,
};

/** A placeholder, text that looks like one (`${input}` is a shell variable), or a change of quoting. */
const WORDS = /\\[\s\S]|\$?\{(?:input|output)\}|'|"/g;

const filled = (command: string, folders: HookFolders, quoting: Quoting): string => {
  let inside = '';
  return command.replace(WORDS, (word) => {
    if (word === '{input}' || word === '{output}') {
      const path = word === '{input}' ? folders.input : folders.output;
      return inside === ''
        ? quoting.plain(path)
        : inside === "'"
          ? quoting.inSingle(path)
          : quoting.inDouble(path);
    }
    // A backslash has no meaning between single quotes, so the quote after it ends them.
    if (word === "'" || word === '"') inside = inside === '' ? word : inside === word ? '' : inside;
    else if (word === "\\'" && inside === "'") inside = '';
    return word;
  });
};

/** A command that may include the rest of its line or the next line: a comment or a here-document. */
const MAY_SWALLOW = /[#\n]|<<|\\$/;

/** Puts a command on its own lines. `:` serves a command that is only a comment, the empty line a final backslash. */
const onOwnLines = (command: string): string =>
  MAY_SWALLOW.test(command) ? `{ :\n${command}\n\n}` : command;

/** The commands of a hook as one POSIX shell script. Each command runs only if the one before it succeeded. */
export const hookScript = (commands: readonly string[], folders: HookFolders): string =>
  commands.map((command) => onOwnLines(filled(command, folders, POSIX))).join(' && ');

/** The commands of a hook as one line for `cmd` of Windows. */
export const windowsHookScript = (commands: readonly string[], folders: HookFolders): string =>
  commands.map((command) => filled(command, folders, WINDOWS)).join(' && ');

/** Saves the values of the environment in variables that are not exported to commands. */
export const REMEMBER_ENVIRONMENT = String.raw`clp_names=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); for clp_n in $clp_names; do eval "clp_was_$clp_n=\$$clp_n"; done`;

/**
 * Prints the state that the next shell needs to continue: variables, exported or not, and functions if the shell is
 * bash. Unchanged variables of the environment are left out: the next shell has them too, and they may be secrets.
 */
export const TELL_STATE = String.raw`( set +eu; unset IFS; for clp_n in $clp_names; do eval "[ \"\$clp_was_$clp_n\" = \"\$$clp_n\" ]" && unset "$clp_n" 2>/dev/null; unset "clp_was_$clp_n"; done; unset clp_names clp_n; if [ -n "$BASH_VERSION" ]; then declare -p; declare -f; else export -p; fi )`;

/** A script that saves its shell's variables in a file, for {@link withState}. */
export const keepingState = (script: string, file: string): string =>
  `${REMEMBER_ENVIRONMENT}\n{ ${script}\n} && ${TELL_STATE} > ${POSIX.plain(file)}`;

/** A script that continues with the variables from a file, in the folder in which it starts. */
export const withState = (script: string, file: string): string =>
  `here=$(pwd -P); . ${POSIX.plain(file)} 2>/dev/null; cd "$here"; unset here\n${script}`;
