import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { localInstall } from '../plan/local-install';
import type { InstallWorld, ModulesWanted } from './dependencies';
import { finishModules } from './finish-modules';
import type { InstallTask } from './install';
import { joinParts, selected } from './join-parts';
import { ownershipOf } from './local-distributions';
import { makePart } from './make-part';
import type { LocalPiece } from './module-pieces';
import { newFolder } from './module-pieces';
import { treeOf } from './part';
import { changedFile } from './record-check';

/**
 * Installs local packages without what they need, and puts each into the store; what is worth a line. Undefined where that
 * fails: the install of all tells why, or does it.
 *
 * @param folders what the plan reads is in the first
 */
export const installLocals = async (
  { store, installers }: InstallWorld,
  { plan, install, environment, forms }: ModulesWanted,
  locals: readonly LocalPiece[],
  folders: InstallTask['folders'],
): Promise<readonly string[] | undefined> => {
  const parts = locals.map(({ part }) => part);
  const own = localInstall(install, locals);
  for (const { path: file, text } of own.generated) fs.writeFileSync(path.join(folders.input, file), text);
  const task: InstallTask = { plan, install: own, folders, environment };
  const installed = await installers.host(task);
  if (E.isLeft(installed)) return undefined;
  const finished = await finishModules(task, installed.right);
  if (E.isLeft(finished)) return undefined;
  const owners = ownershipOf(folders.output, parts);
  const temporary = path.dirname(folders.output);
  const { linked = false, tool, notes = [], installer } = installed.right;
  const made = await makePart(
    folders.output,
    path.join(temporary, 'locals'),
    forms,
    linked,
    undefined,
    installer === undefined ? [] : [installer],
  );
  if (owners === undefined || made.files.some(({ path: file }) => owners.isOther(file))) return undefined;
  if (changedFile(install, treeOf(made), made.files, tool) !== undefined) return undefined;
  for (const { part, key } of locals) {
    const mine = selected(made, (file) => owners.isOf(part, file));
    const piece = joinParts([mine], newFolder(temporary, key), { ...forms, unpacked: true });
    if (piece === undefined) return undefined;
    store.addPart('modules', key, piece);
  }
  return [...notes, ...finished.right];
};
