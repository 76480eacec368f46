import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SourceFile } from '../../plan/model/bundle-plan';
import { hasOwnCommand, RECORDS_FOLDER } from '../../plan/install/container-install';
import type { InstallPlan } from '../../plan/model/install-plan';
import { notShipped } from '../../plan/install/whole-build';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { lastLines } from '../scripts/installer-output';
import type { HookName } from '../host/run-hook';
import { asideOf } from '../install/set-aside';
import type { CommandResult } from '../process/shell';
import { ending } from '../process/shell';
import {
  ASIDE_NAME,
  HOOK_MARKER,
  LAYOUT_NAME,
  WHOLE_SCRIPT,
  WHOLE_SCRIPT_NAME,
} from '../scripts/whole-script';

/**
 * Writes the script, and the list of inputs that are not part of the bundle: as arguments, they could be too many.
 *
 * @param input the folder that the install begins with
 */
export const putWholeTools = async (
  tools: string,
  install: InstallPlan,
  sources: readonly SourceFile[],
  input: string,
): Promise<void> => {
  await fs.promises.mkdir(tools, { recursive: true });
  if (fs.existsSync(asideOf(input)))
    await fs.promises.cp(asideOf(input), path.join(tools, ASIDE_NAME), { recursive: true });
  await fs.promises.writeFile(path.join(tools, WHOLE_SCRIPT_NAME), WHOLE_SCRIPT);
  await fs.promises.writeFile(path.join(tools, LAYOUT_NAME), JSON.stringify(notShipped(install, sources)));
};

/** Takes the script's record of the install out of the bytecode folder; undefined if the script did not run. */
export const takeRecords = ({ bytecode, output }: InstallTask['folders']): string | undefined => {
  const written = path.join(bytecode, RECORDS_FOLDER);
  if (!fs.existsSync(written)) return undefined;
  const records = `${output}.records`;
  fs.renameSync(written, records);
  return records;
};

/** The failure of the user's commands; undefined if the install failed. */
export const hookFailure = (install: InstallPlan, result: CommandResult): ExecutionError | undefined => {
  if (hasOwnCommand(install.docker)) {
    return { _tag: 'HookFailed', hook: 'command', exit: ending(result), output: lastLines(result.output) };
  }
  const hook = HOOKS.find((name) => result.output.includes(`${HOOK_MARKER} ${name}`));
  if (!install.isWhole || hook === undefined) return undefined;
  // The two streams of a container are interleaved in no fixed order, so output of a command may come after the marker.
  const said = result.output.replace(`${HOOK_MARKER} ${hook}`, '');
  return { _tag: 'HookFailed', hook, exit: ending(result), output: lastLines(said) };
};

const HOOKS: readonly HookName[] = ['beforeBundling', 'afterBundling'];
