import type { ExecutionError } from '../errors/execution-error';
import { indexFailure } from './index-failure';
import { lastLines } from '../scripts/installer-output';
import type { CommandResult } from '../process/shell';
import { ending } from '../process/shell';

/** The error for a tool that failed, with its last lines. */
export const failedWith = (tool: string, result: CommandResult): ExecutionError => ({
  _tag: 'InstallFailed',
  tool,
  exit: ending(result),
  output: lastLines(result.output),
});

/** The error for an installer that failed, perhaps because of a package index. */
export const installFailure = (tool: string, result: CommandResult): ExecutionError => {
  // The output does not show the reason for a signal from outside.
  const index = result.signal === null ? indexFailure(result.output) : undefined;
  return index === undefined ? failedWith(tool, result) : { _tag: 'IndexFailed', tool, ...index };
};
