import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { sha256 } from '../../plan/values/hash';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { ExecutionError } from '../errors/execution-error';
import { layOut } from '../install/lay-out';
import type { OnWait } from '../store/in-turn';
import type { Store } from '../store/store';
import { takeBytecodeApart } from './compose-bytecode';
import { composeModules } from './compose-modules';
import type { InstalledModules, InstallWorld, ModulesWanted, PartKeys } from './install-modules';
import { installModules } from './install-modules';
import type { PieceKeys } from './module-pieces';
import { mayHavePieces, piecesOf } from './module-pieces';
import { takeApart } from './take-apart';
import { waysOf } from '../../plan/parts/local-install-executor';

/** Modules that were just installed, and their pieces in the store. */
export interface InstalledApart extends InstalledModules {
  readonly pieces?: PieceKeys;
  /** Whether the modules were joined from pieces, so that their bytecode must be as well. */
  readonly isComposed: boolean;
}

/**
 * Installs modules, and puts them and their pieces into the store. One run of an installer builds all local packages,
 * and the code of one build can change the files of another package. If that may happen, each local package is then
 * installed alone, so that a bundle is the same after an edit as on a new machine.
 */
export const installApart = async (
  world: InstallWorld,
  wanted: ModulesWanted,
  onWait: OnWait,
): Promise<E.Either<ExecutionError, InstalledApart>> => {
  const { store } = world;
  const own: PartKeys = { modules: wanted.key, bytecode: store.keysOf(wanted.plan).bytecode };
  const isRisky = await mayChangeEachOther(store, wanted);
  const installed = await installModules(world, wanted, isRisky ? together(own) : own);
  if (E.isLeft(installed)) return installed;
  const { modules, bytecode } = installed.right;
  const pieces = await takeApart(store, wanted, installed.right);
  if (pieces && bytecode) await takeBytecodeApart(world, wanted.plan, pieces, modules, bytecode);
  const done = { ...installed.right, ...(pieces && { pieces }), isComposed: false };
  if (!isRisky) return E.right(done);
  const composed = pieces && (await composeModules(world, wanted, onWait));
  if (composed === undefined) {
    store.addPart('modules', own.modules, modules);
    if (own.bytecode !== null && bytecode) store.addPart('bytecode', own.bytecode, bytecode);
    return E.right(done);
  }
  for (const part of [modules, ...(bytecode ? [bytecode] : [])])
    fs.rmSync(part.folder, { recursive: true, force: true });
  const notes = [...new Set([...installed.right.notes, ...composed.notes])];
  return E.right({ ...installed.right, notes, pieces: composed.pieces, isComposed: true });
};

/** Other keys, for modules that may differ from those which their own keys stand for. */
const together = ({ modules, bytecode }: PartKeys): PartKeys => {
  const key = sha256(JSON.stringify(['together', modules]));
  return { modules: key, bytecode: bytecode === null ? null : key };
};

/** Git metadata is large and has no influence on the parts. */
const withoutGit = ({ git: _git, ...install }: InstallPlan): InstallPlan => install;

/** Whether the build of one local package could change another: it runs code, and there are several local packages. */
const mayChangeEachOther = (store: Store, wanted: ModulesWanted): Promise<boolean> => {
  if (!mayHavePieces(wanted) || wanted.install.host.localPackages.length < 2) return Promise.resolve(false);
  return store.temporary(async (temporary) => {
    const input = path.join(temporary, 'input');
    const install = withoutGit(wanted.install);
    if (E.isLeft(await layOut(wanted.plan, install, input))) return false;
    return waysOf(install).some((way) => {
      const locals = piecesOf(store, wanted, input, way)?.locals ?? [];
      return locals.length > 1 && locals.some(({ part }) => part.runsCode);
    });
  });
};
