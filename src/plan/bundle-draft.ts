import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { declaredSet } from './declarations/sets/declared-set';
import type { SetOrErrors } from './declarations/sets/requirement-set';
import { entryNotFound } from './errors/entry-not-found';
import type { TargetRuntime } from './model/bundle-plan';
import type { SnapshotEntry, SourceSnapshot } from './model/source-snapshot';
import { withoutOwnImage } from './options/named-image';
import type { BundleRequest } from './request/bundle-request';
import type { RuntimeChoice } from './runtime/runtime-choice';
import { chooseRuntime } from './runtime/runtime-choice';
import { runtimeOf } from './runtime/target-runtime';
import { defaultHandler } from './sources/default-handler';
import type { EntryPlacement } from './sources/handler';
import { placeEntry } from './sources/handler';
import type { Validation } from './validation';

/** An entry, and the place that it has in a bundle. */
export interface PlacedEntry {
  readonly entry: SnapshotEntry;
  /** Null for a layer. */
  readonly placement: EntryPlacement | null;
  /** The `handler` option, or its default; null for a layer. */
  readonly handler: string | null;
}

/** A request and its snapshot with the runtime; where no runtime can be chosen, the reason. */
export interface WithRuntime {
  readonly request: BundleRequest;
  readonly snapshot: SourceSnapshot;
  readonly runtime: Validation<RuntimeChoice>;
}

/** The first decisions on a bundle. Each of them may have failed, and a failure of one does not hide that of another. */
export interface BundleDraft extends WithRuntime {
  readonly requirements: SetOrErrors;
  readonly placed: Validation<PlacedEntry>;
}

export const settleRuntime = (request: BundleRequest, snapshot: SourceSnapshot): WithRuntime => {
  const runtime = pipe(
    chooseRuntime(request, snapshot),
    E.mapLeft((error) => [error]),
  );
  return {
    request: E.isLeft(runtime) ? request : withoutOwnImage(request, runtime.right.runtime),
    snapshot,
    runtime,
  };
};

/** Reads the declaration. Which of its requirements hold depends on the runtime. */
export const settleRequirements = <A extends WithRuntime>(
  draft: A,
): A & Pick<BundleDraft, 'requirements'> => ({
  ...draft,
  requirements: E.isLeft(draft.runtime)
    ? E.right(null)
    : declaredSet(draft.request, draft.snapshot, targetOf(draft.request, draft.runtime.right)),
});

export const placeEntryOf = <A extends WithRuntime>(draft: A): A & Pick<BundleDraft, 'placed'> => ({
  ...draft,
  placed: placedEntry(draft.request, draft.snapshot),
});

const placedEntry = (
  request: BundleRequest,
  { entry, files, included = [], problems }: SourceSnapshot,
): BundleDraft['placed'] => {
  // A file that could not be read explains why there is no entry.
  if (entry === null) return E.left(problems.length === 0 ? [entryNotFound(request)] : []);
  if (entry.path === null) return E.right({ entry, placement: null, handler: null });
  const placed = placeEntry(entry.path, [...files, ...included]);
  return placed._tag === 'Placed'
    ? E.right({
        entry,
        placement: placed.placement,
        handler: request.handler ?? defaultHandler(request, entry),
      })
    : E.left([{ _tag: 'EntryNotImportable', path: fileOf(entry), part: placed.part }]);
};

export const targetOf = (
  { architecture }: BundleRequest,
  { runtime, source }: RuntimeChoice,
): TargetRuntime => runtimeOf(runtime, architecture, source);

/** Absolute path of an entry, or of its folder for a layer. */
export const fileOf = ({ root, path: relative }: SnapshotEntry): string =>
  relative === null ? root : path.join(root, relative);
