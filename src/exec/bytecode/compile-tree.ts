import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BytecodePlan } from '../../plan/model/bytecode-plan';
import { bytecodeScript, BYTECODE_SCRIPT_NAME } from '../scripts/bytecode-script';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';

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
