import * as fs from 'node:fs/promises';
import type { HostTool } from '../../plan/model/host-plan';
import { mergeTrees } from '../files/merge-trees';
import type { CommandResult } from './shell';
import { succeeded } from './shell';

/**
 * Starts one run after the other, until one fails. Every run after the first installs into a separate folder, which is
 * then merged: pip skips a folder that already exists in the output, such as a namespace package.
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

/** Removes the files of an earlier failed run, and makes a folder even for a run that installs nothing. */
const makeEmpty = async (folder: string): Promise<void> => {
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder);
};
