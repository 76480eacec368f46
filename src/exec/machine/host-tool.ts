import * as E from 'fp-ts/Either';
import coerce from 'semver/functions/coerce';
import gte from 'semver/functions/gte';
import type { HostTool } from '../../plan/model/host-plan';
import type { ExecutionError } from '../errors/execution-error';
import { isolated } from '../scripts/isolated-python';
import type { ToolVersions } from './known-tools';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';
import { MINIMUM_PIP } from '../../plan/variables/installer-versions';

/** A tool of the plan, and the program that starts it on this machine. */
export interface FoundTool {
  readonly tool: HostTool;
  readonly program: readonly string[];
  readonly version: string;
}

const oldestPip = (tools: readonly HostTool[]): string =>
  tools.find(({ tool }) => tool === 'pip')?.minimumVersion ?? MINIMUM_PIP;

/**
 * Finds the first tool of a plan that this machine has in a sufficient version. Programs are asked for their version in
 * the folder in which they will run, because version managers (pyenv, mise) choose by folder. Nothing in that folder is
 * imported.
 *
 * @param known versions that are known without a process. @default - every program is asked
 */
export const findHostTool =
  (shell: Shell, known: ToolVersions = () => undefined) =>
  async (tools: readonly HostTool[], cwd: string): Promise<E.Either<ExecutionError, FoundTool>> => {
    const tried: string[] = [];
    for (const tool of tools) {
      for (const program of tool.programs) {
        const answer = known(program);
        const version =
          answer === undefined ? await askedVersion(shell, program, cwd) : (answer ?? undefined);
        if (version !== undefined && gte(version, tool.minimumVersion)) {
          return E.right({ tool, program, version });
        }
        tried.push(
          `${program.join(' ')} (${version === undefined ? 'not found' : `${version}, older than ${tool.minimumVersion}`})`,
        );
      }
    }
    return E.left({ _tag: 'NoInstaller', tried, pip: oldestPip(tools) });
  };

const askedVersion = async (
  shell: Shell,
  program: readonly string[],
  cwd: string,
): Promise<string | undefined> => {
  const result = await shell({ argv: [...isolated(program), '--version'], cwd })();
  return succeeded(result) ? coerce(result.stdout)?.version : undefined;
};
