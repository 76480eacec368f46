import * as E from 'fp-ts/Either';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { BundlePlan } from './model/bundle-plan';
import type { BundleRequest } from './request/bundle-request';
import { LAYER_PREFIX } from './runtime/layer';
import { plan } from './plan';
import type { PlanError } from './errors/plan-error';
import type { SourceSnapshot } from './model/source-snapshot';

/**
 * The layer that holds the modules of a function which keeps them in one: the same requirements, nothing of the
 * function's own. Functions with the same modules have the same layer, whose content has one hash.
 *
 * @param planned the function's plan
 */
export const dependenciesLayer = (
  { assetHash: _, handler: __, ...request }: BundleRequest,
  snapshot: SourceSnapshot,
  planned: BundlePlan,
): E.Either<NonEmptyArray<PlanError>, BundlePlan> =>
  E.map((layer: BundlePlan) => ({ ...layer, warnings: [] }))(
    plan(
      {
        ...request,
        kind: 'layer',
        prefix: LAYER_PREFIX,
        dependenciesIn: 'bundle',
        // What the function was given by default was told there.
        runtime: { prop: planned.runtime.name },
      },
      {
        ...snapshot,
        entry: { root: planned.entry.root, path: null, source: '' },
        files: [],
        included: [],
      },
    ),
  );
