import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { placeEntryOf, settleRequirements, settleRuntime } from './bundle-draft';
import { checkDraft, checkLayer } from './check-draft';
import { nameBundle, planContent } from './compose-plan';
import { entryNotFound } from './errors/entry-not-found';
import type { PlanError } from './errors/plan-error';
import type { BundlePlan } from './model/bundle-plan';
import type { SourceSnapshot } from './model/source-snapshot';
import type { BundleRequest } from './request/bundle-request';

/**
 * Decides everything about a bundle: pure and total. The same request and snapshot give the same plan, on any machine
 * and any day. All errors are reported together.
 *
 * @since 0.1.0
 */
export const plan = (
  request: BundleRequest,
  snapshot: SourceSnapshot,
): E.Either<NonEmptyArray<PlanError>, BundlePlan> =>
  pipe(
    settleRuntime(request, snapshot),
    settleRequirements,
    placeEntryOf,
    checkDraft,
    E.map(planContent),
    E.map(nameBundle),
    E.chain(checkLayer),
    // A step that fails names an error; only the type does not say so.
    E.mapLeft(([first = entryNotFound(request), ...others]) => [first, ...others]),
  );
