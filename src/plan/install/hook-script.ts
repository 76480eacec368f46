/** The folders of a run that the commands of a hook may name. */
export interface HookFolders {
  readonly input: string;
  readonly output: string;
}

/** How a shell takes a path as one word: `plain` outside of quotes, the others inside of them. */
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

/** In the shell of Windows a path has no quote in it, and single quotes mean nothing. */
const WINDOWS: Quoting = {
  plain: (path) => (/^[\w@+:./\\-]+$/.test(path) ? path : `"${path}"`),
  inSingle: (path) => WINDOWS.plain(path),
  inDouble: (path) => path,
};

/** A placeholder, what may be mistaken for one (`${input}` is a variable of the shell), or what changes the quoting. */
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
    // A backslash means nothing between single quotes, so the quote after it ends them.
    if (word === "'" || word === '"') inside = inside === '' ? word : inside === word ? '' : inside;
    else if (word === "\\'" && inside === "'") inside = '';
    return word;
  });
};

/** A command that may take what follows it on its line, or on its next line, for a part of itself: a comment or a here-document. */
const MAY_SWALLOW = /[#\n]|<<|\\$/;

/** A command on lines of its own: `:` is for a command that is a comment alone, the empty line for a last backslash. */
const onOwnLines = (command: string): string =>
  MAY_SWALLOW.test(command) ? `{ :\n${command}\n\n}` : command;

/** The commands of a hook as one script of a POSIX shell. Each runs only after the one before it has succeeded. */
export const hookScript = (commands: readonly string[], folders: HookFolders): string =>
  commands.map((command) => onOwnLines(filled(command, folders, POSIX))).join(' && ');

/** The same for `cmd` of Windows. */
export const windowsHookScript = (commands: readonly string[], folders: HookFolders): string =>
  commands.map((command) => filled(command, folders, WINDOWS)).join(' && ');

/** Remembers the values of the environment, in variables that no command gets. */
export const REMEMBER_ENVIRONMENT = String.raw`clp_names=$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); for clp_n in $clp_names; do eval "clp_was_$clp_n=\$$clp_n"; done`;

/**
 * Writes what the next shell needs to go on where this one ended: variables, exported or not, and functions where it is bash.
 * What the environment had from the start stays out: the next shell has it too, and it may be a secret.
 */
export const TELL_STATE = String.raw`( set +eu; unset IFS; for clp_n in $clp_names; do eval "[ \"\$clp_was_$clp_n\" = \"\$$clp_n\" ]" && unset "$clp_n" 2>/dev/null; unset "clp_was_$clp_n"; done; unset clp_names clp_n; if [ -n "$BASH_VERSION" ]; then declare -p; declare -f; else export -p; fi )`;

/** A script that leaves its shell's variables in a file, for {@link withState}. */
export const keepingState = (script: string, file: string): string =>
  `${REMEMBER_ENVIRONMENT}\n{ ${script}\n} && ${TELL_STATE} > ${POSIX.plain(file)}`;

/** A script that goes on with the variables that a file has; in the folder in which it was started. */
export const withState = (script: string, file: string): string =>
  `here=$(pwd -P); . ${POSIX.plain(file)} 2>/dev/null; cd "$here"; unset here\n${script}`;
