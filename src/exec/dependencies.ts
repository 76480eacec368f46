import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { InstallPlan } from '../plan/install-plan';
import type { ExecutionError } from './execution-error';
import { fileError } from './file-errors';
import { gatherInputs } from './gather-inputs';
import type { Install, InstallTask, Installed } from './install';
import { targetName } from './install';
import { lastLines } from './installer-output';
import type { Store } from './store';
import { tidyTree } from './tidy-tree';
import { foreignWheel, installedWheels } from './wheel-tags';

/** A tree of modules that is ready to be copied from. */
export interface DependencyTree {
  /** Absolute path. */
  readonly tree: string;
  readonly from: 'store' | 'host' | 'docker';
}

/**
 * What installs, by the executor that a plan names.
 *
 * @since 0.1.0
 */
export type Installers = Readonly<Record<InstallPlan['executor'], Install>>;

/** The modules of a plan: from the store, else installed, checked and put there. */
export const provideDependencies =
  (store: Store, installers: Installers) =>
  async (
    plan: BundlePlan,
    install: InstallPlan,
    key: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<E.Either<ExecutionError, DependencyTree>> => {
    try {
      const stored = await store.find(key);
      if (stored !== undefined) return E.right({ tree: stored, from: 'store' });
      return await store.temporary(async (temporary) => {
        const folders = { input: path.join(temporary, 'input'), output: path.join(temporary, 'output') };
        await fs.mkdir(folders.output, { recursive: true });
        const gathered = await gatherInputs(install, folders.input);
        if (E.isLeft(gathered)) return gathered;
        const task: InstallTask = { plan, install, folders, environment };
        const installed = await installers[install.executor](task);
        if (E.isLeft(installed)) return installed;
        const checked = await check(task, installed.right);
        if (E.isLeft(checked)) return checked;
        return E.right({ tree: await store.add(key, folders.output), from: installed.right.by });
      });
    } catch (error) {
      return E.left(fileError(error, store.temporaries));
    }
  };

/** What an install must be before it is kept: not empty, and of wheels that load on the target. */
const check = async (
  { plan, install, folders }: InstallTask,
  { by, tool, output }: Installed,
): Promise<E.Either<ExecutionError, void>> => {
  await tidyTree(folders.output);
  if (!install.mayBeEmpty && (await fs.readdir(folders.output)).length === 0) {
    return E.left({ _tag: 'NothingInstalled', tool, output: lastLines(output) });
  }
  const foreign = foreignWheel(await installedWheels(folders.output), plan, by);
  return foreign === undefined
    ? E.right(undefined)
    : E.left({
        _tag: 'WrongWheel',
        distribution: foreign.distribution,
        tag: foreign.tags.join(', '),
        target: targetName(plan),
      });
};
