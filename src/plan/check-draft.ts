import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { BundleDraft, PlacedEntry } from './bundle-draft';
import { targetOf } from './bundle-draft';
import type { RequirementSet } from './declarations/sets/requirement-set';
import type { PlanError } from './errors/plan-error';
import { foreignErrors } from './install/foreign-own';
import { isWhole, NO_REQUIREMENTS } from './install/whole-build';
import type { BundlePlan } from './model/bundle-plan';
import { hasHashedBytecode } from './model/bytecode-plan';
import { sourcePlace } from './model/source-place';
import type { SourceSnapshot } from './model/source-snapshot';
import { installerErrors } from './options/installer-option';
import { optionErrors } from './options/option-errors';
import { forbiddenBuilds } from './options/sdist-policy';
import type { BundleRequest } from './request/bundle-request';
import { emptyLayerErrors, layerRuntimeErrors, nestedLayerErrors } from './runtime/layer';
import type { RuntimeChoice } from './runtime/runtime-choice';
import { lambdaHandler } from './sources/handler';
import { includeConflicts } from './sources/include';
import { planSources } from './sources/plan-sources';
import { unsupportedFiles } from './sources/unsupported-files';
import type { Validation } from './validation';
import { validateAll, validIf } from './validation';
import { LambdaHandler } from './values/codecs';

/** The decisions on a bundle, once nothing is wrong. */
export interface Decisions extends RuntimeChoice, PlacedEntry {
  readonly request: BundleRequest;
  readonly snapshot: SourceSnapshot;
  /** What is installed; null where nothing is. */
  readonly requirements: RequirementSet | null;
}

/** Makes every check that can be made, and collects all errors. */
export const checkDraft = (draft: BundleDraft): Validation<Decisions> => {
  const { request, snapshot, placed, runtime, requirements } = draft;
  return pipe(
    validateAll({
      files: validIf(snapshot.problems),
      placed,
      runtime,
      handler: validIf(errorsOf(placed, handlerErrors)),
      target: validIf(errorsOf(runtime, (choice) => targetErrors(request, choice))),
      requirements,
      builds: validIf(errorsOf(requirements, (set) => forbiddenBuilds(request, set))),
      installer: validIf(
        installerErrors(request, E.getOrElse<unknown, RequirementSet | null>(() => null)(requirements)),
      ),
      options: validIf(optionErrors(request)),
      includes: validIf(errorsOf(placed, (entry) => conflictErrors(request, snapshot, entry))),
      sources: validIf(unsupportedFiles(snapshot)),
      native: validIf(
        errorsOf(runtime, (choice) => foreignErrors(request, snapshot, targetOf(request, choice))),
      ),
    }),
    E.map((checked) => ({
      request,
      snapshot,
      ...checked.placed,
      ...checked.runtime,
      requirements: checked.requirements ?? (isWhole(request) ? NO_REQUIREMENTS : null),
    })),
  );
};

/** The errors of a check that needs a decision; none where that decision has failed. */
const errorsOf = <A>(
  decided: Validation<A>,
  check: (value: A) => readonly PlanError[],
): readonly PlanError[] => (E.isLeft(decided) ? [] : check(decided.right));

const handlerErrors = ({ placement, handler }: PlacedEntry): readonly PlanError[] =>
  placement === null || handler === null || LambdaHandler.is(lambdaHandler(placement.module, handler))
    ? []
    : [{ _tag: 'InvalidHandler', handler }];

const targetErrors = (request: BundleRequest, choice: RuntimeChoice): readonly PlanError[] => [
  ...(request.bytecode === 'require' && !hasHashedBytecode(choice.runtime)
    ? [{ _tag: 'BytecodeNotSupported' as const, runtime: choice.runtime.name }]
    : []),
  ...(request.kind === 'layer' ? layerRuntimeErrors(request, choice) : []),
];

const conflictErrors = (
  request: BundleRequest,
  snapshot: SourceSnapshot,
  { entry, placement }: PlacedEntry,
): readonly PlanError[] =>
  snapshot.included === undefined
    ? []
    : includeConflicts(planSources(snapshot, entry, placement, isWhole(request)), (source) =>
        sourcePlace(entry, source),
      );

/** Checks where the files of a layer lie, which only the finished plan says. */
export const checkLayer = (plan: BundlePlan): Validation<BundlePlan> =>
  pipe(
    validIf(plan.kind === 'layer' ? [...emptyLayerErrors(plan), ...nestedLayerErrors(plan)] : []),
    E.map(() => plan),
  );
