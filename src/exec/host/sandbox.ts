import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { Values } from '../../plan/variables/installer-environment';
import type { SandboxView } from '../../plan/install/sandbox-argv';
import { bubblewrapArgv } from '../../plan/install/sandbox-argv';
import type { ExecutionError } from '../errors/execution-error';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';

/** The variable that requires a sandbox for builds on this machine (`require`), or switches it off (`off`). */
const SANDBOX = 'CDK_LAMBDA_PYTHON_SANDBOX';

/** The places of bubblewrap, whatever the PATH. */
const PLACES = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap', '/run/current-system/sw/bin/bwrap'];

/** Gives the arguments of a command that runs in the sandbox. */
type Confine = (view: SandboxView, cwd: string, command: readonly string[]) => readonly string[];

/**
 * Finds the sandbox for a build on this machine; undefined without one. On the left the reason why the build must not
 * run.
 */
export type FindSandbox = () => Promise<E.Either<ExecutionError, Confine | undefined>>;

/** Builds run like any program of the user's. */
export const withoutSandbox: FindSandbox = () => Promise.resolve(E.right(undefined));

/** Nothing is built on this machine. */
export const refuseBuilds: FindSandbox = () => Promise.resolve(E.left({ _tag: 'BuildNotAllowed' }));

/**
 * Finds bubblewrap, and tries once whether it works here: it does not in a container without user namespaces. Only a
 * build calls this, so that other runs start no process.
 *
 * @param tell prints a line, at most once
 */
export const liveSandbox = (
  shell: Shell,
  environment: Values,
  platform: NodeJS.Platform,
  tell: (line: string) => void,
): FindSandbox => {
  let found: ReturnType<FindSandbox> | undefined;
  const look = async (): ReturnType<FindSandbox> => {
    const wanted = environment[SANDBOX] ?? '';
    if (wanted === 'off') return E.right(undefined);
    if (!['', 'require'].includes(wanted)) return E.left({ _tag: 'InvalidSandbox', given: wanted });
    const [program, reason] =
      platform === 'linux' ? await working(shell, environment) : [undefined, platform];
    if (program !== undefined)
      return E.right((view, cwd, command) =>
        bubblewrapArgv(program, view, cwd, [...(fs.existsSync(BASH) ? WITHOUT_FILES : []), ...command]),
      );
    if (wanted === 'require') return E.left({ _tag: 'NoSandbox', reason });
    // Other systems have no bubblewrap, so the line would not help.
    if (platform === 'linux')
      tell(
        `source distributions are built without a sandbox, because ${reason}; their code can read and change your files. Install bubblewrap, use \`sdist: "docker"\` or "forbid", or set ${SANDBOX}=off to hide this line`,
      );
    return E.right(undefined);
  };
  return () => (found ??= look());
};

const BASH = '/bin/bash';

/**
 * Starts a command without the open files that this process has inherited: an open folder would be a way out. Only bash
 * can do this.
 */
const WITHOUT_FILES = [
  BASH,
  '-c',
  'for file in /proc/self/fd/*; do number=${file##*/}; if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi; done; exec "$@"',
  'bash',
];

type Working = readonly [program: string | undefined, reason: string];

const working = async (shell: Shell, environment: Values): Promise<Working> => {
  const onPath = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, 'bwrap'));
  const program = [...PLACES, ...onPath].find((file) => fs.existsSync(file));
  if (program === undefined) return [undefined, 'bubblewrap (bwrap) is not installed'];
  const nothing = { hidden: [], readOnly: [], writable: [] };
  const result = await shell({ argv: bubblewrapArgv(program, nothing, '/', ['/bin/sh', '-c', ':']) })();
  const said = result.output.trim().split('\n')[0] ?? '';
  return succeeded(result)
    ? [program, '']
    : [undefined, `${program} does not work here${said === '' ? '' : ` (${said})`}`];
};
