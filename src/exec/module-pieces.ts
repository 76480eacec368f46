import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import { sha256 } from '../plan/hash';
import { localKey, othersKey } from '../plan/local-install';
import type { LocalPart } from '../plan/local-part';
import { localPartsIn } from '../plan/local-part';
import { relativePath } from '../plan/paths';
import { bytecodeHash } from '../plan/plan-hash';
import type { ModulesWanted } from './dependencies';
import { localOptions } from './local-options';
import type { PartForms } from './make-part';
import type { Part } from './part';
import { hasTree, hasZip, isTreeWhole } from './part';
import { remakePart } from './remake-part';
import { requirementFiles, textOf } from './requirement-texts';
import type { PartKind, Store } from './store';

/** A local package, and the key under which the store has it. */
export interface LocalPiece {
  readonly part: LocalPart;
  readonly key: string;
}

/** The keys of what a set of modules consists of: each local package, and all the others. */
export interface PieceKeys {
  readonly others: string;
  readonly locals: readonly LocalPiece[];
}

/** What a plan's modules can be taken apart into. */
export interface Pieces {
  /** Key of a part without a file: modules of such a plan were taken apart once. */
  readonly mark: string;
  readonly locals: readonly LocalPiece[];
  /** @param needs what the local packages need, see `needsOf` */
  readonly others: (needs: string) => string;
  /** The lines that say where packages are looked for. */
  readonly options: readonly string[];
}

/** Whether a plan may have local packages that are parts of their own. */
export const mayHavePieces = ({ install }: ModulesWanted): boolean =>
  install.host.localPackages.length > 0 && install.inputs.length > 0;

/**
 * The pieces of a plan's modules; undefined where they stay together.
 *
 * @param input absolute path of the folder of the gathered inputs
 */
export const piecesOf = (
  store: Store,
  { plan, install }: ModulesWanted,
  input: string,
): Pieces | undefined => {
  const folder = path.join(input, install.workingDirectory);
  const read = requirementFiles(install.requirements.map((file) => path.join(folder, file)));
  const places = read.map(({ file }) => relativePath(input, file));
  const found = localPartsIn(install, places, (file) => textOf(path.join(input, file)));
  const options = found && localOptions(read.map(({ text = '' }) => text));
  if (found === undefined || options === undefined) return undefined;
  const here = (key: string): string => store.keyHere(plan, key);
  const others = othersKey(install, found, plan.runtime, plan.image);
  return {
    mark: here(sha256(JSON.stringify(['taken apart', others]))),
    locals: found.parts.map((part) => ({ part, key: here(localKey(part, install, plan.runtime, options)) })),
    others: (needs) => here(sha256(JSON.stringify([others, install.isLocked ? null : needs]))),
    options,
  };
};

/** The key of a piece's byte code. */
export const pieceBytecode = ({ bytecode }: BundlePlan, key: string): string | undefined =>
  bytecode === null ? undefined : bytecodeHash(key, bytecode);

/** A piece in the forms that are wanted; undefined where it is not there, or is not what it was. */
export const pieceFrom = async (
  store: Store,
  kind: PartKind,
  key: string,
  forms: PartForms,
): Promise<Part | undefined> => {
  const part = store.part(kind, key);
  if (part === undefined) return undefined;
  const isUsable = (!forms.zip || hasZip(part)) && (forms.tree ? hasTree(part) : isTreeWhole(part));
  return isUsable ? part : remakePart(store, kind, key, part, forms);
};

/** A new empty folder in another. */
export const newFolder = (parent: string, name: string): string => {
  const folder = path.join(parent, name);
  fs.mkdirSync(folder, { recursive: true });
  return folder;
};
