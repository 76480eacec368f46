import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { Values } from '../../plan/variables/installer-environment';
import type { SandboxView } from '../../plan/install/sandbox-argv';
import { bubblewrapArgv } from '../../plan/install/sandbox-argv';
import type { ExecutionError } from '../errors/execution-error';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';

/** The variable that says whether builds on this machine need a sandbox (`require`), or run without one (`off`). */
const SANDBOX = 'CDK_LAMBDA_PYTHON_SANDBOX';

/** Where bubblewrap is, whatever the PATH. */
const PLACES = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap', '/run/current-system/sw/bin/bwrap'];

/** Gives the arguments of a command that runs in the sandbox. */
type Confine = (view: SandboxView, cwd: string, command: readonly string[]) => readonly string[];

/** What confines a build on this machine; undefined where nothing does. On the left why it must not run at all. */
export type FindSandbox = () => Promise<E.Either<ExecutionError, Confine | undefined>>;

/** Builds run as any program of the user. */
export const withoutSandbox: FindSandbox = () => Promise.resolve(E.right(undefined));

/** Nothing is built on this machine. */
export const refuseBuilds: FindSandbox = () => Promise.resolve(E.left({ _tag: 'BuildNotAllowed' }));

/**
 * Finds bubblewrap, and tries once whether it may work here: a container without namespaces for users has it in vain. Only a
 * build asks for it, so that other runs start no process.
 *
 * @param tell takes the line that is worth telling once
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
    // Elsewhere there is none to be had, so a line would be of no use.
    if (platform === 'linux')
      tell(
        `source distributions are built without a sandbox, because ${reason}; their code can read and change your files. Install bubblewrap, use \`sdist: "docker"\` or "forbid", or set ${SANDBOX}=off to hide this line`,
      );
    return E.right(undefined);
  };
  return () => (found ??= look());
};

const BASH = '/bin/bash';

/** Starts a command without the files that this process has inherited: a folder among them would be a way out. Only bash can. */
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
