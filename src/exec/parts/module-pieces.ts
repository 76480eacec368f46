import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { sha256 } from '../../plan/values/hash';
import type { InstallPlan } from '../../plan/model/install-plan';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import type { LocalWanted } from '../../plan/parts/local-install';
import { localKey, othersKey } from '../../plan/parts/local-install';
import type { LocalPart } from '../../plan/parts/local-part';
import { localPartsIn } from '../../plan/parts/local-part';
import { containerKey } from '../../plan/parts/local-container';
import type { LocalWay } from '../../plan/parts/local-install-executor';
import { waysOf } from '../../plan/parts/local-install-executor';
import { relativePath } from '../../plan/values/paths';
import { bytecodeHash } from '../../plan/parts/plan-hash';
import type { ModulesWanted } from './install-modules';
import { localOptions } from '../local-packages/local-options';
import type { JoinedForms } from './join-parts';
import type { Part } from '../store/part';
import { hasTree, hasZip, isTreeWhole } from '../store/part';
import { remakePart } from './remake-part';
import type { RequirementFile } from '../files/requirement-texts';
import { requirementFiles, requirementTexts, textOf } from '../files/requirement-texts';
import type { PartKind, Store } from '../store/store';

/** A local package, and its key in the store. */
export interface LocalPiece extends LocalWanted {
  readonly key: string;
}

/** The keys of the pieces of a set of modules: one for each local package, and one for all other modules. */
export interface PieceKeys {
  readonly others: string;
  readonly locals: readonly LocalPiece[];
}

/** The pieces into which a plan's modules can be taken apart. */
export interface Pieces {
  readonly way: LocalWay;
  /** Key of a part without files. If the store has it, modules of such a plan were taken apart once. */
  readonly mark: string;
  readonly locals: readonly LocalPiece[];
  /**
   * The key of the other modules.
   *
   * @param needs the needs of the local packages, see `needsOf`
   */
  readonly others: (needs: string) => string;
}

/** Whether local packages of a plan may be parts of their own. */
export const mayHavePieces = ({ install }: Pick<ModulesWanted, 'install'>): boolean =>
  install.host.localPackages.length > 0 && install.inputs.length > 0;

/**
 * The pieces of a plan's modules; undefined if they stay together.
 *
 * @param input absolute path of the folder of the gathered inputs
 */
export const piecesOf = (
  store: Store,
  { plan, install }: ModulesWanted,
  input: string,
  way: LocalWay,
): Pieces | undefined => {
  const folder = path.join(input, install.workingDirectory);
  const read = requirementFiles(install.requirements.map((file) => path.join(folder, file)));
  const places = read.map(({ file }) => relativePath(input, file));
  const found = localPartsIn(install, places, (file) => textOf(path.join(input, file)), way);
  if (found === undefined) return undefined;
  const wanted = found.parts.flatMap((part) => {
    const options = optionsFor(part, install, folder, read);
    return options === undefined ? [] : [{ part, options }];
  });
  if (wanted.length < found.parts.length) return undefined;
  const here = (key: string): string => store.keyHere(plan, key);
  const shared = othersKey(install, found, plan.runtime, plan.image);
  // With `auto`, this machine and a container share one key for all modules, but may install different ones.
  const others = way === 'host' ? shared : sha256(JSON.stringify(['container', shared]));
  const keyOf = (one: LocalWanted): string => {
    const key = localKey(one, install, plan.runtime);
    return here(way === 'host' ? key : containerKey(key, found.parts, install));
  };
  return {
    way,
    mark: here(sha256(JSON.stringify(['taken apart', others]))),
    locals: wanted.map((one) => ({ ...one, key: keyOf(one) })),
    others: (needs) => here(sha256(JSON.stringify([others, install.isLocked ? null : needs]))),
  };
};

/** The pieces of a plan's modules, if modules of such a plan were ever taken apart. */
export const piecesThere = (store: Store, wanted: ModulesWanted, input: string): Pieces | undefined => {
  for (const way of waysOf(wanted.install)) {
    const pieces = piecesOf(store, wanted, input, way);
    if (pieces !== undefined && store.part('modules', pieces.mark) !== undefined) return pieces;
  }
  return undefined;
};

/**
 * The option lines that say where the build of a local package looks for distributions; undefined if that is not known.
 * A lock with several indexes has a run for each, and a package is built in the run that names it.
 */
const optionsFor = (
  { folder }: LocalPart,
  { runs, workingDirectory }: InstallPlan,
  cwd: string,
  read: readonly RequirementFile[],
): readonly string[] | undefined => {
  const all = read.map(({ text = '' }) => text);
  if (runs === undefined) return localOptions(all);
  const names = (text: string): boolean =>
    readRequirements(text).some(
      (line) => line._tag === 'LocalPackage' && path.posix.join(workingDirectory, line.target) === folder,
    );
  const own = runs.map((files) => requirementTexts(cwd, files)).find((texts) => texts.some(names));
  return own === undefined || localOptions(all) === undefined ? undefined : localOptions(own);
};

/** The key of a piece's bytecode. */
export const pieceBytecode = ({ bytecode }: BundlePlan, key: string): string | undefined =>
  bytecode === null ? undefined : bytecodeHash(key, bytecode);

/** A piece in the wanted forms; undefined if the store lacks it, or if its files have changed. */
export const pieceFrom = async (
  store: Store,
  kind: PartKind,
  key: string,
  forms: JoinedForms,
): Promise<Part | undefined> => {
  const part = store.part(kind, key);
  if (part === undefined) return undefined;
  const isUnpacked = forms.tree ? hasTree(part) : forms.unpacked !== true || isTreeWhole(part);
  const isUsable = isUnpacked && (!forms.zip || hasZip(part));
  return isUsable ? part : remakePart(store, kind, key, part, forms);
};

/** Makes an empty folder in another. */
export const newFolder = (parent: string, name: string): string => {
  const folder = path.join(parent, name);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
};
