import * as fs from 'node:fs/promises';
import type { HostTool } from '../../plan/model/host-plan';
import { mergeTrees } from '../files/merge-trees';
import type { CommandResult } from './shell';
import { succeeded } from './shell';

/**
 * One run after the other, until one fails. Each but the first has a folder of its own for a while: pip leaves out what
 * belongs into a folder that is there already, such as a namespace package.
 */
export const runsInTurn = async (
  runs: HostTool['runs'],
  output: string,
  start: (argv: readonly string[]) => Promise<CommandResult>,
): Promise<CommandResult> => {
  let result: CommandResult = { exitCode: 0, signal: null, stdout: '', output: '' };
  for (const [index, argv] of runs.entries()) {
    const folder = index === 0 ? output : `${output}.next`;
    if (folder !== output) await makeEmpty(folder);
    const next = await start(argv.map((argument) => (argument === '{output}' ? folder : argument)));
    result = { ...next, output: [result.output, next.output].filter((text) => text !== '').join('\n') };
    if (!succeeded(next)) break;
    if (folder !== output) mergeTrees(folder, output);
  }
  return result;
};

/** What a run that failed has left is gone, and one that installs nothing leaves a folder all the same. */
const makeEmpty = async (folder: string): Promise<void> => {
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder);
};
