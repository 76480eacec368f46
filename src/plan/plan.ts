import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { assetHashErrors } from './options/asset-hash-options';
import type { BundlePlan, TargetRuntime } from './model/bundle-plan';
import { bundleName } from './model/bundle-name';
import type { BundleRequest } from './request/bundle-request';
import { hasHashedBytecode, inLayer, planBytecode } from './model/bytecode-plan';
import { LambdaHandler } from './values/codecs';
import { defaultHandler } from './sources/default-handler';
import { dependenciesInErrors } from './options/dependencies-in';
import { dependencyOptionErrors } from './options/dependency-option-errors';
import { dockerOptionErrors } from './options/docker-options';
import { executorErrors } from './options/executor-options';
import { foreignErrors } from './install/foreign-own';
import type { EntryPlacement } from './sources/handler';
import { lambdaHandler, placeEntry } from './sources/handler';
import { emptyLayerErrors, layerRuntimeErrors, nestedLayerErrors } from './runtime/layer';
import { includeConflicts, includeErrors } from './sources/include';
import { MAXIMUM_SIZE } from './target/maximum-size';
import { NO_OTHER_TARGETS } from './target/other-targets';
import { prefixErrors } from './options/output-prefix';
import { assetHash, bytecodeHash, contentHash, dependenciesHash } from './parts/plan-hash';
import type { PlanError } from './errors/plan-error';
import { planInstall } from './plan-install';
import type { RequirementSet } from './declarations/sets/requirement-set';
import { declaredSet } from './declarations/sets/declared-set';
import { declarationsIn, planSources } from './sources/plan-sources';
import { planWarnings } from './plan-warnings';
import { buildImageOf } from './target/python-runtime';
import type { RuntimeChoice } from './runtime/runtime-choice';
import { chooseRuntime } from './runtime/runtime-choice';
import { installerErrors } from './options/installer-option';
import { forbiddenBuilds, sdistErrors } from './options/sdist-policy';
import type { InstallPlan } from './model/install-plan';
import { sourcePlace } from './model/source-place';
import type { SnapshotEntry, SourceSnapshot } from './model/source-snapshot';
import { runtimeOf } from './runtime/target-runtime';
import { sbomErrors } from './options/sbom-option';
import { variableErrors } from './options/variable-errors';
import { uncountedVariables } from './options/uncounted-variables';
import { uncountedVolumes } from './install/uncounted-volumes';
import { undeclaredVariables } from './options/undeclared-variables';
import { entryNotFound } from './errors/entry-not-found';
import { withoutOwnImage } from './options/named-image';
import { unsupportedFiles } from './sources/unsupported-files';
import { isWhole, NO_REQUIREMENTS, wholeBuildErrors } from './install/whole-build';

/**
 * Decides everything about a bundle: pure and total. The same request and snapshot give the same plan, on any machine
 * and any day; what is wrong is told at once, not one problem at a time.
 *
 * @since 0.1.0
 */
export const plan = (
  given: BundleRequest,
  snapshot: SourceSnapshot,
): E.Either<NonEmptyArray<PlanError>, BundlePlan> => {
  const choice = chooseRuntime(given, snapshot);
  const request = E.isLeft(choice) ? given : withoutOwnImage(given, choice.right.runtime);
  const requirements = E.isLeft(choice)
    ? E.right(null)
    : declaredSet(request, snapshot, targetOf(request, choice.right));
  const placement = placementOf(request, snapshot);
  const errors: PlanError[] = [
    ...snapshot.problems,
    ...(E.isLeft(placement) ? placement.left : []),
    ...(E.isLeft(choice) ? [choice.left] : []),
    ...(E.isRight(placement) ? handlerErrors(placement.right) : []),
    ...(E.isRight(choice) ? runtimeErrors(request, choice.right) : []),
    ...(E.isLeft(requirements) ? requirements.left : []),
    ...(E.isRight(requirements) ? forbiddenBuilds(request, requirements.right) : []),
    ...executorErrors(request),
    ...sdistErrors(request),
    ...installerErrors(request, E.isRight(requirements) ? requirements.right : null),
    ...dependenciesInErrors(request),
    ...dockerOptionErrors(request),
    ...dependencyOptionErrors(request),
    ...prefixErrors(request),
    ...includeErrors(request),
    ...conflictErrors(request, snapshot, placement),
    ...assetHashErrors(request),
    ...sbomErrors(request),
    ...wholeBuildErrors(request),
    ...variableErrors(request),
    ...unsupportedFiles(snapshot),
    ...(E.isRight(choice) ? foreignErrors(request, snapshot, targetOf(request, choice.right)) : []),
  ];
  if (isNonEmpty(errors)) return E.left(errors);
  if (E.isLeft(placement) || E.isLeft(choice) || E.isLeft(requirements))
    return E.left([entryNotFound(request)]);
  const decided = {
    ...placement.right,
    ...choice.right,
    requirements: requirements.right ?? (isWhole(request) ? NO_REQUIREMENTS : null),
  };
  const composed = compose(request, snapshot, decided);
  const misplaced =
    request.kind === 'layer' ? [...emptyLayerErrors(composed), ...nestedLayerErrors(composed)] : [];
  return isNonEmpty(misplaced) ? E.left(misplaced) : E.right(composed);
};

/** As in fp-ts/Array, which with all that it imports takes longer to load than the rest of fp-ts that is used here. */
const isNonEmpty = <A>(values: A[]): values is NonEmptyArray<A> => values.length > 0;

interface Placed {
  readonly entry: SnapshotEntry;
  /** Null for a layer. */
  readonly placement: EntryPlacement | null;
  /** As it was asked for, or by default; null for a layer. */
  readonly handler: string | null;
}

/** What is settled once nothing is wrong. */
interface Decisions extends RuntimeChoice, Placed {
  /** What is installed; null where nothing is. */
  readonly requirements: RequirementSet | null;
}

const placementOf = (
  request: BundleRequest,
  { entry, files, included = [], problems }: SourceSnapshot,
): E.Either<readonly PlanError[], Placed> => {
  // Where something could not be read, that says why there is no entry.
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

const handlerErrors = ({ placement, handler }: Placed): readonly PlanError[] =>
  placement === null || handler === null || LambdaHandler.is(lambdaHandler(placement.module, handler))
    ? []
    : [{ _tag: 'InvalidHandler', handler }];

const runtimeErrors = (request: BundleRequest, choice: RuntimeChoice): readonly PlanError[] => [
  ...bytecodeErrors(request, choice),
  ...(request.kind === 'layer' ? layerRuntimeErrors(request, choice) : []),
];

const bytecodeErrors = ({ bytecode }: BundleRequest, { runtime }: RuntimeChoice): readonly PlanError[] =>
  bytecode === 'require' && !hasHashedBytecode(runtime)
    ? [{ _tag: 'BytecodeNotSupported', runtime: runtime.name }]
    : [];

/** Commands see what declares the dependencies, which does not ship. */
const withUnshipped = (install: InstallPlan, snapshot: SourceSnapshot, entry: SnapshotEntry): InstallPlan => {
  const names = declarationsIn(snapshot, entry);
  const unshipped = snapshot.files.map((file) => file.path).filter((file) => names.includes(file));
  return unshipped.length === 0 ? install : { ...install, unshipped };
};

const conflictErrors = (
  request: BundleRequest,
  snapshot: SourceSnapshot,
  placement: E.Either<readonly PlanError[], Placed>,
): readonly PlanError[] =>
  E.isLeft(placement) || snapshot.included === undefined
    ? []
    : includeConflicts(
        planSources(snapshot, placement.right.entry, placement.right.placement, isWhole(request)),
        (source) => sourcePlace(placement.right.entry, source),
      );

const compose = (request: BundleRequest, snapshot: SourceSnapshot, decided: Decisions): BundlePlan => {
  const { entry, placement, runtime, source, handler, requirements } = decided;
  const { kind, dependenciesIn, packaging, outputDirectory, prefix } = request;
  const { alsoFor = NO_OTHER_TARGETS, sbom = false } = request;
  const image = request.docker.image ?? buildImageOf(runtime);
  const target = targetOf(request, { runtime, source });
  const sources = planSources(snapshot, entry, placement, isWhole(request));
  const bytecode = planBytecode(request.bytecode, runtime, kind);
  const planned =
    requirements === null
      ? null
      : planInstall(request, requirements, runtime, target, image, bytecode, snapshot);
  const install = planned?.isWhole === true ? withUnshipped(planned, snapshot, entry) : planned;
  const dependencies = install === null ? null : dependenciesHash(install, target, image, sources);
  const isInBundle = dependenciesIn === 'bundle';
  const content = contentHash(isInBundle ? dependencies : null, bytecode, prefix, sources, alsoFor);
  const asset = assetHash(content, request.assetHash);
  return {
    version: 1,
    label: request.label,
    kind,
    entry: { file: fileOf(entry), root: entry.root, path: placement === null ? null : placement.path },
    handler: placement === null || handler === null ? null : lambdaHandler(placement.module, handler),
    runtime: target,
    alsoFor,
    image,
    sources,
    install,
    dependenciesIn,
    bytecode,
    output: {
      packaging,
      path: path.join(outputDirectory, bundleName(asset, packaging)),
      prefix,
      maximumSize: MAXIMUM_SIZE,
      // Where they are in a layer, it lies beside that.
      sbom: sbom && isInBundle,
    },
    hash: {
      dependencies,
      bytecode:
        dependencies === null || bytecode === null
          ? null
          : bytecodeHash(dependencies, isInBundle ? bytecode : inLayer(bytecode)),
      content,
      asset,
    },
    warnings: [
      ...planWarnings(snapshot, { ...request, ...decided, asked: request.runtime, file: fileOf(entry) }),
      ...uncountedVolumes(request, requirements, snapshot),
      ...undeclaredVariables(request),
      ...uncountedVariables(request),
    ],
  };
};

const targetOf = ({ architecture }: BundleRequest, { runtime, source }: RuntimeChoice): TargetRuntime =>
  runtimeOf(runtime, architecture, source);

const fileOf = ({ root, path: relative }: SnapshotEntry): string =>
  relative === null ? root : path.join(root, relative);
