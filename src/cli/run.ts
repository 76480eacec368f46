import * as fs from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { isLeft } from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import { hasOwnCommand, volumesOf } from '../plan/docker-install';
import { decodePlan, showPlanFieldErrors } from '../plan/decode-plan';
import { reasonOf } from '../exec/file-kind';
import { isAssembly } from '../exec/read-assembly';
import { fail } from './fail';
import type { OutOptions } from './put-bundle';
import { putBundle } from './put-bundle';
import { runAssembly } from './run-assembly';

/** Where the bundle goes, and what a plan may do. */
export interface RunOptions extends Partial<OutOptions> {
  readonly shard?: string;
  readonly allowCommands?: boolean;
}

/** Makes the bundle of a plan from a file; nothing of it runs before all of it was found to be a plan. */
export const run = async (file: string, { out, ...options }: RunOptions): Promise<void> => {
  if (isAssembly(file)) {
    await runAssembly(file, options.shard);
    return;
  }
  if (out === undefined || options.shard !== undefined) {
    fail([
      out === undefined
        ? `Where does the bundle go? Say --out FOLDER or --out FILE.zip; only a cloud assembly with plans has places for its own, and ${file} is none.`
        : `--shard is for a cloud assembly with plans, and ${file} is none.`,
    ]);
    return;
  }
  const json = await (file === '-' ? text(process.stdin) : fs.readFile(file, 'utf8')).catch(
    (error: unknown) => {
      fail([`Cannot read the plan ${file}: ${reasonOf(error)}.`]);
    },
  );
  if (json === undefined) return;
  const value = parse(json);
  if (value === undefined) {
    fail([`${file} is not JSON. "cdk-lambda-python plan FILE --json" prints a plan.`]);
    return;
  }
  const plan = decodePlan(value);
  if (isLeft(plan)) {
    fail([`${file} is not a plan that can be run:\n${showPlanFieldErrors(plan.left)}`]);
    return;
  }
  const commands = options.allowCommands === true ? [] : commandsOf(plan.right);
  if (commands.length > 0) {
    fail([
      `${file} has commands of its own:\n${commands.map((command) => `  ${command}`).join('\n')}\nSay --allow-commands to run them.`,
    ]);
    return;
  }
  await putBundle(plan.right, { ...options, out });
};

/** What a plan would have a shell or a container do that no install needs: the plan may be a stranger's. */
const commandsOf = ({ install }: BundlePlan): readonly string[] =>
  install === null
    ? []
    : [
        ...install.hooks.before,
        ...install.hooks.after,
        ...(hasOwnCommand(install.docker) ? [install.docker.command.join(' ')] : []),
        ...(install.docker.entrypoint === null ? [] : [install.docker.entrypoint.join(' ')]),
        // Code of a requirement, or of the image, could do with these what it likes.
        ...volumesOf(install.docker).map(({ source, target }) => `(mounts ${source} as ${target})`),
        ...install.docker.volumesFrom.map((container) => `(mounts the volumes of ${container})`),
      ];

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};
