import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { runBatch } from '../exec/batch';
import { showExecutionError } from '../exec/execution-error';
import { fileError } from '../exec/file-errors';
import { isMissing } from '../exec/file-kind';
import { interruptible } from '../exec/interruptible';
import { liveWorld } from '../exec/live';
import { workFolderIn } from '../exec/make-bundle';
import { removeAbandoned, withTemporary } from '../exec/temporary';
import type { Packaging } from '../plan/bundle-request';
import type { BundlePlan } from '../plan/bundle-plan';
import { relativePath, staysInside } from '../plan/paths';
import { fail } from './fail';

/** Where a bundle goes on the command line. */
export interface OutOptions {
  readonly out: string;
  readonly force?: boolean;
}

/** A file that ends in `.zip` asks for a zip, anything else for a folder. */
export const packagingOf = ({ out }: OutOptions): Packaging => (out.endsWith('.zip') ? 'zip' : 'directory');

/** Makes a plan's bundle, whole or not at all, and prints the folder's path. */
export const putBundle = (plan: BundlePlan, options: OutOptions): Promise<void> =>
  // Where the process is told to end, what lies beside the output goes first.
  interruptible(
    () => put(plan, options),
    () => Promise.resolve(),
  );

const put = async (plan: BundlePlan, { out, force = false }: OutOptions): Promise<void> => {
  const folder = path.resolve(out);
  const packaging = packagingOf({ out });
  const work = workFolderIn(path.dirname(folder));
  try {
    const refusal = await whyNot(plan, folder, packaging, force);
    if (refusal !== undefined) {
      fail([refusal]);
      return;
    }
    removeAbandoned(work);
    await withTemporary(work, async (temporary) => {
      const made = path.join(temporary, 'made');
      const here = { ...plan, output: { ...plan.output, packaging, path: made } };
      const [report] = await runBatch(await liveWorld(process.env), [{ plan: here, environment: {} }]);
      if (report?.outcome._tag === 'Failed') {
        fail([`${plan.label}: ${showExecutionError(report.outcome.error)}`]);
        return;
      }
      await replace(made, folder, path.join(temporary, 'replaced'));
      process.stdout.write(`${folder}\n`);
    });
  } catch (error) {
    fail([showExecutionError(fileError(error, folder))]);
  } finally {
    // Another run may work in it.
    await fs.rmdir(work).catch(() => undefined);
  }
};

/** Why a bundle cannot go to a folder: nothing is overwritten unasked, and nothing that is needed is ever removed. */
const whyNot = async (
  plan: BundlePlan,
  folder: string,
  packaging: Packaging,
  force: boolean,
): Promise<string | undefined> => {
  const stats = await fs.stat(folder).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (stats === undefined) return undefined;
  if (packaging === 'zip') {
    if (!stats.isFile()) return `${folder} is not a file. Name a new file.`;
    return force ? undefined : `${folder} is there already. Name a new file, or say --force to replace it.`;
  }
  if (!stats.isDirectory()) return `${folder} is not a folder. Name a new folder.`;
  if ((await fs.readdir(folder)).length === 0) return undefined;
  if (!force) return `${folder} is not empty. Name a new folder, or say --force to replace what is in it.`;
  const real = await fs.realpath(folder);
  const inputs = plan.install?.inputs.map(({ from }) => from) ?? [];
  const needed = [plan.entry.root, ...inputs, process.cwd()].find((file) =>
    staysInside(relativePath(real, file)),
  );
  return needed === undefined
    ? undefined
    : `${folder} holds ${needed}, and --force would remove it. Name another folder.`;
};

/** Puts a finished folder in another's place; that one comes back if it fails. */
const replace = async (finished: string, folder: string, old: string): Promise<void> => {
  const isThere = await fs.rename(folder, old).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
  try {
    await fs.rename(finished, folder);
  } catch (error) {
    if (isThere) await fs.rename(old, folder);
    throw error;
  }
};
