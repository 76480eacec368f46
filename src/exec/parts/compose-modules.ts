import { isLeft } from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { sha256 } from '../../plan/values/hash';
import type { InstallWorld, ModulesWanted } from './install-modules';
import { foldersIn } from './install-modules';
import { handledLater } from '../files/in-parallel';
import type { OnWait } from '../store/in-turn';
import { inTurn } from '../store/in-turn';
import { installerOf, installLocals } from './install-local';
import type { Installed } from '../install/install';
import { joinParts, selected } from './join-parts';
import { layOut } from '../install/lay-out';
import { localBytecode } from './local-bytecode';
import { needsOf } from '../distributions/local-distributions';
import type { PieceKeys } from './module-pieces';
import { mayHavePieces, newFolder, pieceBytecode, pieceFrom, piecesThere } from './module-pieces';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import type { Store } from '../store/store';

/** Modules that were joined from parts of the store. */
export interface Composed {
  readonly pieces: PieceKeys;
  /** What installed the local packages; `store` if nothing had to be installed. */
  readonly by: Installed['by'] | 'store';
  /** Names of the local packages that were installed. */
  readonly installed: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Whether one install of everything in a container gives the same result: one installer has installed all parts, and
 * their bytecode is in the store. This machine may have no Python that could compile it.
 */
const isLikeWhole = (store: Store, plan: BundlePlan, others: string, parts: readonly Part[]): boolean => {
  const bytecode = pieceBytecode(plan, others);
  const names = new Set(parts.flatMap(({ installers = [] }) => installers.map(({ name }) => name)));
  return names.size <= 1 && (bytecode === undefined || store.part('bytecode', bytecode) !== undefined);
};

/**
 * Joins the modules of a plan from parts of the store, and installs only those local packages whose files have changed.
 * Undefined if the store lacks the other modules, or if the parts do not fit together: then everything is installed.
 */
export const composeModules = async (
  world: InstallWorld,
  wanted: ModulesWanted,
  onWait: OnWait,
): Promise<Composed | undefined> => {
  const { store } = world;
  const { plan, install, key, forms } = wanted;
  if (!mayHavePieces(wanted)) return undefined;
  return store.temporary(async (temporary) => {
    const folders = foldersIn(temporary, store);
    const begun = await layOut(plan, install, folders.input);
    if (isLeft(begun)) return undefined;
    const pieces = piecesThere(store, wanted, folders.input);
    if (pieces === undefined) return undefined;
    const { locals, way } = pieces;
    const parts = locals.map(({ part }) => part);
    const find = async (): Promise<readonly Part[] | undefined> => {
      const found = await Promise.all(
        locals.map((local) => pieceFrom(store, 'modules', local.key, { ...forms, unpacked: true })),
      );
      const there = found.flatMap((part) => part ?? []);
      return there.length === locals.length ? there : undefined;
    };
    const missing = locals.filter((local) => store.part('modules', local.key) === undefined);
    const notes: string[] = [];
    const make = async (): Promise<readonly Part[] | undefined> => {
      const environment = { ...begun.right, ...wanted.environment };
      const said = await installLocals(world, { ...wanted, environment }, { missing, way }, folders);
      notes.push(...(said ?? []));
      return said && find();
    };
    const turn = sha256(JSON.stringify(missing.map((local) => local.key)));
    const own = (await find()) ?? (await inTurn(store, turn, { find, make, onWait }));
    if (own === undefined) return undefined;
    // Python compiles while the zips are joined.
    const compiled = handledLater(
      Promise.all(locals.map((local) => localBytecode(world, plan, local, forms, temporary))),
    );
    try {
      await new Promise((resolve) => setImmediate(resolve));
      const others = pieces.others(needsOf(own.map(treeOf), parts));
      const rest = await pieceFrom(store, 'modules', others, forms);
      if (rest === undefined) return undefined;
      if (way === 'container' && !isLikeWhole(store, plan, others, [rest, ...own])) return undefined;
      const all = [rest, ...own].map((part) => selected(part, () => true));
      const made = joinParts(all, newFolder(temporary, 'joined'), forms);
      if (made === undefined) return undefined;
      store.addPart('modules', key, made);
      const by = missing.length === 0 ? 'store' : installerOf(install, way);
      return { pieces: { others, locals }, by, installed: missing.map(({ part }) => part.name), notes };
    } finally {
      // The compiler works in the temporary folder. Its errors are reported where the bytecode is needed.
      await compiled.catch(() => undefined);
    }
  });
};
