import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { hostPython } from './python-tools';

const PTY = `
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
`;

/** Runs a program on a terminal, as a person does; answers all that it draws. */
export const onTerminal = async (
  argv: readonly string[],
  { cwd, environment }: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
): Promise<string> => {
  const env = { ...environment, CI: undefined, TERM: 'xterm' };
  const child = spawn(hostPython(), ['-I', '-c', PTY, ...argv], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [drawn] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return drawn;
};
