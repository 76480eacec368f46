import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { InstalledModules, ModulesWanted } from './install-modules';
import { joinParts, selected } from './join-parts';
import { layOut } from '../install/lay-out';
import { needsOf, ownershipOf } from '../distributions/local-distributions';
import { makePart } from './make-part';
import type { LocalPiece, PieceKeys } from './module-pieces';
import { mayHavePieces, newFolder, piecesOf } from './module-pieces';
import { treeOf } from '../store/part';
import type { Store } from '../store/store';

/** The pieces of modules that were installed together. */
export interface TakenPieces extends PieceKeys {
  /** The local packages that the store has from that install. */
  readonly kept: readonly LocalPiece[];
}

type TakenApart = Pick<InstalledModules, 'modules' | 'built' | 'from'>;

/**
 * Takes modules that were installed together apart: each local package becomes a part of its own, and so do the others.
 * Undefined where that cannot be done, and the modules stay one part. The build of another package can change a local one, whose
 * key has nothing of it. So the store keeps none of an install that has built others, or of a container, which does not tell, and
 * none beside another local package whose build runs code: after an edit they are installed alone.
 */
export const takeApart = (
  store: Store,
  wanted: ModulesWanted,
  { modules, built, from }: TakenApart,
): Promise<TakenPieces | undefined> => {
  const { plan, install } = wanted;
  const { git, ...withoutGit } = install;
  // A build gets the time of the commit from the metadata, which the key of the others does not have.
  if (git !== undefined && built.length > 0) return Promise.resolve(undefined);
  return store.temporary(async (temporary) => {
    const input = path.join(temporary, 'input');
    if (!mayHavePieces(wanted) || isLeft(await layOut(plan, withoutGit, input))) return undefined;
    const pieces = piecesOf(store, wanted, input, from === 'host' ? 'host' : 'container');
    if (pieces === undefined) return undefined;
    const parts = pieces.locals.map(({ part }) => part);
    const owners = ownershipOf(treeOf(modules), parts);
    if (owners === undefined) return undefined;
    const forms = { zip: modules.zip !== null, tree: modules.own };
    const add = (key: string, isWanted: (file: string) => boolean, unpacked: boolean): string => {
      const wantedForms = { ...forms, unpacked };
      const piece = joinParts([selected(modules, isWanted)], newFolder(temporary, key), wantedForms);
      if (piece !== undefined) store.addPart('modules', key, piece);
      return key;
    };
    const isAlone = ({ part }: LocalPiece): boolean =>
      !parts.some((other) => other.runsCode && other.folder !== part.folder);
    const kept = from === 'host' && built.length === 0 ? pieces.locals.filter(isAlone) : [];
    // Local packages are compiled alone, and say what they need.
    for (const { part, key } of kept) add(key, (file) => owners.isOf(part, file), true);
    const others = add(pieces.others(needsOf([treeOf(modules)], parts)), owners.isOther, false);
    const mark = await makePart(
      newFolder(temporary, 'none'),
      path.join(temporary, 'mark'),
      { zip: false, tree: false },
      false,
    );
    store.addPart('modules', pieces.mark, mark);
    return { others, locals: pieces.locals, kept };
  });
};
