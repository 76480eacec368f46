import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import { storeError } from '../store/file-errors';
import { finishModules } from './finish-modules';
import { handledLater } from '../files/in-parallel';
import type { Install, Installed, InstallTask } from '../install/install';
import { layOut } from '../install/lay-out';
import type { PartForms } from './make-part';
import { makePart } from './make-part';
import type { ModuleCompiler } from '../bytecode/module-bytecode';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import { changedFile } from '../distributions/record-check';
import { noEngineForImage } from '../errors/no-engine-for-image';
import type { Store } from '../store/store';
import { markUsed } from '../store/store';
import type { RemoteStore } from '../shared-store/object-store';

/** Modules that were just installed. */
export interface InstalledModules {
  readonly modules: Part;
  /** Their bytecode, if they were compiled right away. */
  readonly bytecode?: Part;
  readonly from: Installed['by'];
  /** Names of the distributions, other than local packages, that were built on this machine. */
  readonly built: readonly string[];
  /** Lines of advice. */
  readonly notes: readonly string[];
}

/**
 * One install function for each executor that a plan may name.
 *
 * @since 0.1.0
 */
export type Installers = Readonly<Record<InstallPlan['executor'], Install>>;

/** The parts of the world that an install uses. */
export interface InstallWorld {
  readonly store: Store;
  readonly installers: Installers;
  readonly compile: ModuleCompiler;
  /** A store that other machines share. @default none */
  readonly remote?: RemoteStore;
}

/** Installs the modules of a plan, checks and compiles them, and puts modules and bytecode into the store. */
export const installModules = async (
  world: InstallWorld,
  wanted: ModulesWanted,
  keys: PartKeys = { modules: wanted.key, bytecode: world.store.keysOf(wanted.plan).bytecode },
): Promise<E.Either<ExecutionError, InstalledModules>> => {
  const { store } = world;
  const changed = E.left<ExecutionError>({ _tag: 'StoreChanged', path: store.folder });
  try {
    return await store.temporary(async (temporary) => {
      const folders = foldersIn(temporary, store);
      const isThere = folderGuard([folders.output, folders.bytecode]);
      try {
        const installed = await installIn(world, wanted, keys, temporary, folders, isThere);
        return isThere() || E.isRight(installed) ? installed : changed;
      } catch (error) {
        if (!isThere()) return changed;
        throw error;
      }
    });
  } catch (error) {
    return E.left(storeError(error, store));
  }
};

/**
 * Notices if somebody removes a folder during an install. The installer would recreate its target, install the other
 * half of the modules there, and succeed.
 */
const folderGuard = (folders: readonly string[]): (() => boolean) => {
  const identity = (folder: string): string => {
    const stats = fs.statSync(folder, { bigint: true, throwIfNoEntry: false });
    return `${stats?.dev} ${stats?.ino}`;
  };
  const before = folders.map(identity);
  return () => folders.every((folder, index) => identity(folder) === before[index]);
};

const installIn = async (
  { store, installers, compile }: InstallWorld,
  { plan, install, forms, environment }: ModulesWanted,
  keys: PartKeys,
  temporary: string,
  folders: InstallTask['folders'],
  isThere: () => boolean,
): Promise<E.Either<ExecutionError, InstalledModules>> => {
  const begun = await layOut(plan, install, folders.input);
  if (E.isLeft(begun)) return begun;
  const task: InstallTask = { plan, install, folders, environment: { ...begun.right, ...environment } };
  const installed = await installers[install.executor](task);
  if (E.isRight(installed) && installed.right.by === 'docker') markDownloadsUsed(folders.cache);
  if (E.isLeft(installed)) return E.left(noEngineForImage(plan, install, installed.left));
  if (!isThere()) return E.left({ _tag: 'StoreChanged', path: store.folder });
  const finished = await finishModules(task, installed.right);
  if (E.isLeft(finished)) return finished;
  // Modules are compressed and compiled at the same time, and move when both are done.
  const { by, linked = false, installer } = installed.right;
  const compiled = handledLater(
    compile(plan, folders.output, temporary, by !== 'host' ? folders.bytecode : undefined),
  );
  // If compression fails, the folder must stay until the compiler is done.
  const made = await makePart(
    folders.output,
    path.join(temporary, 'modules'),
    forms,
    linked,
    compiled,
    installer === undefined ? [] : [installer],
  ).finally(() => compiled.catch(() => undefined));
  const changed = changedFile(install, treeOf(made), made.files, installed.right.tool);
  if (changed !== undefined) return E.left(changed);
  const modules = store.addPart('modules', keys.modules, made);
  const output = await compiled;
  const bytecode =
    output === undefined || keys.bytecode === null
      ? undefined
      : store.addPart(
          'bytecode',
          keys.bytecode,
          await makePart(output, path.join(temporary, 'compiled'), forms, false),
        );
  const { built = [], notes = [] } = installed.right;
  return E.right({
    modules,
    ...(bytecode && { bytecode }),
    from: by,
    built,
    notes: [...notes, ...finished.right],
  });
};

/** The keys under which the store gets modules and their bytecode; `null` for no bytecode. */
export interface PartKeys {
  readonly modules: string;
  readonly bytecode: string | null;
}

/** A set of modules to install. */
export interface ModulesWanted {
  readonly plan: BundlePlan;
  /** Further plans with the same modules, whose bytecode may differ. @default none */
  readonly others?: readonly BundlePlan[];
  readonly install: InstallPlan;
  readonly key: string;
  readonly forms: PartForms;
  readonly environment: Readonly<Record<string, string>>;
}

/** Folders for an install, in a temporary folder of the store. */
export const foldersIn = (temporary: string, store: Store): InstallTask['folders'] => {
  const folders = {
    input: path.join(temporary, 'input'),
    output: path.join(temporary, 'output'),
    bytecode: path.join(temporary, 'bytecode'),
    tools: path.join(temporary, 'tools'),
    cache: path.join(store.folder, 'downloads'),
  };
  for (const folder of [folders.output, folders.bytecode, folders.cache]) {
    fs.mkdirSync(folder, { recursive: true });
  }
  return folders;
};

/** Pruning goes by the times of folders, which installers do not update when they use a download. */
const markDownloadsUsed = (downloads: string): void => {
  for (const name of fs.readdirSync(downloads)) markUsed(path.join(downloads, name));
};
