import * as fs from 'node:fs';
import * as E from 'fp-ts/Either';
import type { HookFolders } from '../../plan/install/hook-script';
import { hookScript, keepingState, windowsHookScript, withState } from '../../plan/install/hook-script';
import type { ExecutionError } from '../errors/execution-error';
import { lastLines } from '../scripts/installer-output';
import type { Shell } from '../process/shell';
import { ending, succeeded } from '../process/shell';

/** The hooks, named like the user's options. */
export type HookName = 'beforeBundling' | 'afterBundling';

/** A Python in a command writes no bytecode, which would contain a time and this machine's version. */
const HOOK_ENVIRONMENT = { PYTHONDONTWRITEBYTECODE: '1' } as const;

/** The commands of a hook, and their places. */
interface Hook {
  readonly name: HookName;
  readonly commands: readonly string[];
  readonly folders: HookFolders;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of the file that passes variables from the first hook to the second. */
  readonly state: string;
}

/** Runs the commands of a hook on this machine: in bash if it has one, otherwise in its plain shell. */
export const runHook = async (
  shell: Shell,
  { name, commands, folders, cwd, environment, state }: Hook,
  platform: NodeJS.Platform,
): Promise<E.Either<ExecutionError, string>> => {
  if (commands.length === 0) return E.right('');
  const argv =
    platform === 'win32'
      ? ['cmd', '/c', windowsHookScript(commands, folders)]
      : [await posixShell(shell), '-c', inOneShell(name, hookScript(commands, folders), state)];
  const result = await shell({ argv, cwd, environment: { ...environment, ...HOOK_ENVIRONMENT } })();
  return succeeded(result)
    ? E.right(result.output)
    : E.left({ _tag: 'HookFailed', hook: name, exit: ending(result), output: lastLines(result.output) });
};

/** In aws-lambda-python-alpha, one shell runs both hooks: exports of the first are visible in the second. */
const inOneShell = (name: HookName, script: string, state: string): string => {
  if (name === 'beforeBundling') return keepingState(script, state);
  return fs.existsSync(state) ? withState(script, state) : script;
};

const posixShell = async (shell: Shell): Promise<'bash' | 'sh'> =>
  succeeded(await shell({ argv: ['bash', '-c', ':'] })()) ? 'bash' : 'sh';
