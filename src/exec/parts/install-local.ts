import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { localInstall } from '../../plan/parts/local-install';
import type { LocalWay } from '../../plan/parts/local-install-executor';
import type { InstallWorld, ModulesWanted } from './install-modules';
import { foldersIn } from './install-modules';
import { finishModules } from './finish-modules';
import type { Installed, InstallTask } from '../install/install';
import { joinParts, selected } from './join-parts';
import { keepLocalBytecode } from './local-bytecode';
import { ownershipOf } from '../distributions/local-distributions';
import { makePart } from './make-part';
import type { LocalPiece } from './module-pieces';
import { newFolder } from './module-pieces';
import { treeOf } from '../store/part';
import { changedFile } from '../distributions/record-check';

/** Local packages that the store lacks, and the executor that installs them. */
export interface LocalsMissing {
  readonly missing: readonly LocalPiece[];
  readonly way: LocalWay;
}

/** The executor that installs local packages alone. */
export const installerOf = ({ executor }: ModulesWanted['install'], way: LocalWay): Installed['by'] =>
  way === 'host' ? 'host' : executor === 'buildkit' ? 'buildkit' : 'docker';

/** A build that runs code can change the files of another package, so each such package is a group of its own. */
const groupsOf = (missing: readonly LocalPiece[]): readonly (readonly LocalPiece[])[] => {
  const [plain, running] = [false, true].map((is) => missing.filter(({ part }) => part.runsCode === is));
  return [plain ?? [], ...(running ?? []).map((one) => [one])].filter((group) => group.length > 0);
};

/**
 * Installs local packages without their requirements, puts each into the store, and returns lines of advice. Undefined
 * if that fails: the install of everything that follows succeeds, or says why not.
 *
 * @param folders the first holds the inputs of the plan
 */
export const installLocals = async (
  world: InstallWorld,
  wanted: ModulesWanted,
  { missing, way }: LocalsMissing,
  folders: InstallTask['folders'],
): Promise<readonly string[] | undefined> => {
  // A container writes to its inputs, so they are copied before anything is installed.
  const groups = groupsOf(missing).map((group, at) => {
    if (at === 0) return { group, own: folders };
    const own = foldersIn(newFolder(path.dirname(folders.output), `alone-${at}`), world.store);
    fs.cpSync(folders.input, own.input, {
      recursive: true,
      verbatimSymlinks: true,
      mode: fs.constants.COPYFILE_FICLONE,
    });
    return { group, own };
  });
  const notes: string[] = [];
  for (const { group, own } of groups) {
    const said = await installTogether(world, wanted, { missing: group, way }, own);
    if (said === undefined) return undefined;
    notes.push(...said);
  }
  return notes;
};

const installTogether = async (
  world: InstallWorld,
  { plan, install, environment, forms }: ModulesWanted,
  { missing, way }: LocalsMissing,
  folders: InstallTask['folders'],
): Promise<readonly string[] | undefined> => {
  const { store, installers, compile } = world;
  const parts = missing.map(({ part }) => part);
  const own = localInstall(install, missing, way);
  for (const { path: file, text } of own.generated) fs.writeFileSync(path.join(folders.input, file), text);
  const task: InstallTask = { plan, install: own, folders, environment, isAlone: true };
  const installed = await installers[installerOf(install, way)](task);
  if (E.isLeft(installed)) return undefined;
  const finished = await finishModules(task, installed.right);
  if (E.isLeft(finished)) return undefined;
  const owners = ownershipOf(folders.output, parts);
  const temporary = path.dirname(folders.output);
  const { linked = false, tool, notes = [], installer } = installed.right;
  const used = installer === undefined ? [] : [installer];
  const made = await makePart(folders.output, path.join(temporary, 'locals'), forms, linked, undefined, used);
  if (owners === undefined || made.files.some(({ path: file }) => owners.isOther(file))) return undefined;
  if (changedFile(install, treeOf(made), made.files, tool) !== undefined) return undefined;
  for (const { part, key } of missing) {
    const mine = selected(made, (file) => owners.isOf(part, file));
    const piece = joinParts([mine], newFolder(temporary, key), { ...forms, unpacked: true });
    if (piece === undefined) return undefined;
    store.addPart('modules', key, piece);
  }
  if (way === 'container') {
    const compiled = await compile(plan, treeOf(made), temporary, folders.bytecode);
    if (compiled !== undefined) await keepLocalBytecode(world, plan, { missing, owners, forms }, compiled);
  }
  return [...notes, ...finished.right];
};
