import { isLeft } from 'fp-ts/Either';
import { showExecutionError } from '../exec/errors/execution-error';
import { isAssembly } from '../exec/assembly/read-assembly';
import { fail } from './fail';
import { inputTexts } from './input-texts';
import { powersOf } from './plan-permissions';
import type { OutOptions } from './put-bundle';
import { putBundle } from './put-bundle';
import { readPlan } from './read-plan';
import { runAssembly } from './run-assembly';

/** The destination of the bundle, and the permissions of a plan. */
interface RunOptions extends Partial<OutOptions> {
  readonly shard?: string;
  readonly built?: true;
  readonly allowCommands?: boolean;
}

/** Makes the bundle of a plan in a file. Nothing runs before the whole file was found to be a plan. */
export const run = async (file: string, { out, ...options }: RunOptions): Promise<void> => {
  if (isAssembly(file)) {
    await runAssembly(file, options);
    return;
  }
  const ofAssembly = options.shard !== undefined ? 'shard' : options.built === true ? 'built' : undefined;
  if (out === undefined || ofAssembly !== undefined) {
    fail([
      out === undefined
        ? `The bundle has no destination. Give --out FOLDER or --out FILE.zip; only a cloud assembly with plans needs neither, and ${file} is not one.`
        : `--${ofAssembly} is for a cloud assembly with plans, and ${file} is not one.`,
    ]);
    return;
  }
  const plan = await readPlan(file);
  if (isLeft(plan)) {
    fail([plan.left]);
    return;
  }
  const { texts, changed } =
    options.allowCommands === true ? { texts: [], changed: [] } : inputTexts(plan.right);
  if (changed.length > 0) {
    fail(changed.map((path) => showExecutionError({ _tag: 'SourceChanged', path })));
    return;
  }
  const powers = options.allowCommands === true ? [] : powersOf(plan.right, texts);
  if (powers.length > 0) {
    fail([
      `${file} has commands of its own:\n${powers.map((power) => `  ${power}`).join('\n')}\nUse --allow-commands to run them.`,
    ]);
    return;
  }
  await putBundle(plan.right, { ...options, out, mayBuild: options.allowCommands === true });
};
