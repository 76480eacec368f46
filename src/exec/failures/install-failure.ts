import type { ExecutionError } from '../errors/execution-error';
import { indexFailure } from './index-failure';
import { lastLines } from '../scripts/installer-output';
import type { CommandResult } from '../process/shell';
import { ending } from '../process/shell';

/** A tool that failed, with its last lines, which say why. */
export const failedWith = (tool: string, result: CommandResult): ExecutionError => ({
  _tag: 'InstallFailed',
  tool,
  exit: ending(result),
  output: lastLines(result.output),
});

/** The same of an installer: it may be the package index that failed. */
export const installFailure = (tool: string, result: CommandResult): ExecutionError => {
  // What ended it from outside is not in what it has said.
  const index = result.signal === null ? indexFailure(result.output) : undefined;
  return index === undefined ? failedWith(tool, result) : { _tag: 'IndexFailed', tool, ...index };
};
