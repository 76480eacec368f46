import * as E from 'fp-ts/Either';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { BundlePlan } from './model/bundle-plan';
import type { BundleRequest } from './request/bundle-request';
import { LAYER_PREFIX } from './runtime/layer';
import { plan } from './plan';
import type { PlanError } from './errors/plan-error';
import type { SourceSnapshot } from './model/source-snapshot';

/**
 * The layer with the modules of a function that keeps them in a layer. It has the same requirements, and none of the
 * function's own files. Functions with the same modules share a layer, because its content has one hash.
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
        // The function's plan already warns of a default runtime.
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
