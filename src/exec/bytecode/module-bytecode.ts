import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { removeUnused } from '../distributions/unused-bytecode';
import type { Interpreters } from './interpreters';
import type { Shell } from '../process/shell';
import type { BytecodePlan } from '../../plan/model/bytecode-plan';
import { BYTECODE_SCRIPT_NAME, bytecodeScript } from '../scripts/bytecode-script';
import { succeeded } from '../process/shell';

/**
 * Compiles the modules of a plan. Returns the folder with the bytecode; undefined if the plan wants no bytecode, or no
 * Python of the version was found.
 *
 * @param tree absolute path of the modules
 * @param temporary absolute path of a folder to work in
 * @param made absolute path of a container's bytecode; undefined if no container ran
 */
export type ModuleCompiler = (
  plan: BundlePlan,
  tree: string,
  temporary: string,
  made?: string,
) => Promise<string | undefined>;

export const moduleCompiler =
  (shell: Shell, interpreters: Interpreters): ModuleCompiler =>
  async ({ bytecode, runtime, hash, install }, tree, temporary, made) => {
    if (bytecode === null || hash.bytecode === null) return undefined;
    if (made !== undefined && fs.readdirSync(made).length > 0) {
      if (install !== null) removeUnused(made, tree, install);
      return made;
    }
    const interpreter = interpreters(runtime.python, bytecode);
    if (interpreter === undefined) return undefined;
    const output = path.join(temporary, 'bytecode');
    const isMade = await compileTree(shell, interpreter, bytecode, { tree, output, folder: temporary });
    if (isMade && install !== null) removeUnused(output, tree, install);
    return isMade ? output : undefined;
  };

/**
 * Compiles the modules below a folder with an interpreter of this machine.
 *
 * @param folder absolute path of a folder for the script
 * @returns whether the interpreter succeeded
 */
export const compileTree = async (
  shell: Shell,
  interpreter: string,
  { tag, prefix, exclude }: BytecodePlan,
  { tree, output, folder }: { readonly tree: string; readonly output: string; readonly folder: string },
): Promise<boolean> => {
  const script = path.join(folder, BYTECODE_SCRIPT_NAME);
  fs.mkdirSync(output, { recursive: true });
  fs.writeFileSync(script, bytecodeScript());
  const task = JSON.stringify({ root: tree, output, tag, prefix, exclude });
  const argv = [interpreter, '-I', '-S', '-B', '-W', 'ignore', script, 'tree', task];
  return succeeded(await shell({ argv })());
};
