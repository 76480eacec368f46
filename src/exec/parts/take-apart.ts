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
  /** The local packages that the store keeps from that install. */
  readonly kept: readonly LocalPiece[];
}

type TakenApart = Pick<InstalledModules, 'modules' | 'built' | 'from'>;

/**
 * Takes modules that were installed together apart: each local package becomes a part, and all other modules become
 * one. Undefined if that is not possible: then the modules stay one part.
 *
 * The build of another distribution can change a local package, whose key does not include that build. So the store
 * keeps no local package of an install that built other distributions, of a container, which does not say what it
 * built, or beside another local package whose build runs code. After an edit they are installed alone.
 */
export const takeApart = (
  store: Store,
  wanted: ModulesWanted,
  { modules, built, from }: TakenApart,
): Promise<TakenPieces | undefined> => {
  const { plan, install } = wanted;
  const { git, ...withoutGit } = install;
  // A build gets the time of the commit from the Git metadata, which is not in the key of the other modules.
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
    // Unpacked, as local packages are compiled alone and their metadata names their needs.
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
