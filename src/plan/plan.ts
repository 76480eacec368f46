import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { BundlePlan } from './bundle-plan';
import type { BundleRequest } from './bundle-request';
import { byIdentity } from './by-identity';
import { hasHashedBytecode, planBytecode } from './bytecode-plan';
import { LambdaHandler } from './codecs';
import { dockerOptionErrors } from './docker-options';
import { entryCandidates } from './entry';
import type { EntryPlacement } from './handler';
import { DEFAULT_HANDLER, lambdaHandler, placeEntry } from './handler';
import { MAXIMUM_SIZE } from './maximum-size';
import { assetHash, bytecodeHash, contentHash, dependenciesHash } from './plan-hash';
import type { PlanError } from './plan-error';
import { planInstall } from './plan-install';
import type { RequirementSet } from './requirement-set';
import { requirementsFileSet } from './requirement-set';
import { planSources } from './plan-sources';
import { planWarnings } from './plan-warnings';
import { buildImageOf } from './python-runtime';
import type { RuntimeChoice } from './runtime-choice';
import { chooseRuntime } from './runtime-choice';
import type { SnapshotEntry, SourceSnapshot } from './source-snapshot';
import { runtimeOf } from './target-runtime';
import { unsupportedFiles } from './unsupported-files';
import { isWhole, NO_REQUIREMENTS, wholeBuildErrors } from './whole-build';

/**
 * Decides everything about a bundle: pure and total. The same request and snapshot give the same plan, on any machine
 * and any day; what is wrong is told at once, not one problem at a time.
 *
 * @since 0.1.0
 */
export const plan = (
  request: BundleRequest,
  snapshot: SourceSnapshot,
): E.Either<NonEmptyArray<PlanError>, BundlePlan> => {
  const handler = request.handler ?? DEFAULT_HANDLER;
  const choice = chooseRuntime(request, snapshot);
  const placement = placementOf(request, snapshot);
  const errors: PlanError[] = [
    ...snapshot.problems,
    ...(E.isLeft(placement) ? placement.left : []),
    ...(E.isLeft(choice) ? [choice.left] : []),
    ...(E.isRight(placement) ? handlerErrors(placement.right, handler) : []),
    ...(E.isRight(choice) ? bytecodeErrors(request, choice.right) : []),
    ...dockerOptionErrors(request),
    ...wholeBuildErrors(request),
    ...unsupportedFiles(snapshot),
  ];
  if (isNonEmpty(errors)) return E.left(errors);
  if (E.isLeft(placement) || E.isLeft(choice)) return E.left([entryNotFound(request)]);
  const declared = snapshot.requirements === null ? null : setOf(snapshot.requirements);
  const requirements = declared ?? (isWhole(request) ? NO_REQUIREMENTS : null);
  return E.right(compose(request, snapshot, { ...placement.right, ...choice.right, handler, requirements }));
};

/** Functions that share a requirements file share what is read in it. */
const setOf = byIdentity(requirementsFileSet);

/** As in fp-ts/Array, which with all that it imports takes longer to load than the rest of fp-ts that is used here. */
const isNonEmpty = <A>(values: A[]): values is NonEmptyArray<A> => values.length > 0;

interface Placed {
  readonly entry: SnapshotEntry;
  readonly placement: EntryPlacement;
}

/** What is settled once nothing is wrong. */
interface Decisions extends RuntimeChoice, Placed {
  readonly handler: string;
  /** What is installed; null where nothing is. */
  readonly requirements: RequirementSet | null;
}

const placementOf = (
  request: BundleRequest,
  { entry, files, problems }: SourceSnapshot,
): E.Either<readonly PlanError[], Placed> => {
  // Where something could not be read, that says why there is no entry.
  if (entry === null) return E.left(problems.length === 0 ? [entryNotFound(request)] : []);
  const placed = placeEntry(entry.path, files);
  return placed._tag === 'Placed'
    ? E.right({ entry, placement: placed.placement })
    : E.left([{ _tag: 'EntryNotImportable', path: fileOf(entry), part: placed.part }]);
};

const handlerErrors = ({ placement }: Placed, handler: string): readonly PlanError[] =>
  LambdaHandler.is(lambdaHandler(placement.module, handler)) ? [] : [{ _tag: 'InvalidHandler', handler }];

const bytecodeErrors = ({ bytecode }: BundleRequest, { runtime }: RuntimeChoice): readonly PlanError[] =>
  bytecode === 'require' && !hasHashedBytecode(runtime)
    ? [{ _tag: 'BytecodeNotSupported', runtime: runtime.name }]
    : [];

const compose = (request: BundleRequest, snapshot: SourceSnapshot, decided: Decisions): BundlePlan => {
  const { entry, placement, runtime, source, handler, requirements } = decided;
  const { kind, dependenciesIn, packaging, outputDirectory, prefix } = request;
  const image = request.docker.image ?? buildImageOf(runtime);
  const target = runtimeOf(runtime, request.architecture, source);
  const sources = planSources(snapshot, entry, placement);
  const bytecode = planBytecode(request.bytecode, runtime, kind);
  const install =
    requirements === null ? null : planInstall(request, requirements, runtime, target, image, bytecode);
  const dependencies = install === null ? null : dependenciesHash(install, target, image, sources);
  const content = contentHash(dependenciesIn === 'bundle' ? dependencies : null, bytecode, prefix, sources);
  const asset = assetHash(content, request.assetHash);
  const name = packaging === 'zip' ? `asset.${asset}.zip` : `asset.${asset}`;
  return {
    version: 1,
    label: request.label,
    kind,
    entry: { file: fileOf(entry), root: entry.root, path: placement.path },
    handler: lambdaHandler(placement.module, handler),
    runtime: target,
    image,
    sources,
    install,
    dependenciesIn,
    bytecode,
    output: { packaging, path: path.join(outputDirectory, name), prefix, maximumSize: MAXIMUM_SIZE },
    hash: {
      dependencies,
      bytecode: dependencies === null || bytecode === null ? null : bytecodeHash(dependencies, bytecode),
      content,
      asset,
    },
    warnings: planWarnings(snapshot, { ...decided, file: fileOf(entry) }),
  };
};

const fileOf = ({ root, path: relative }: SnapshotEntry): string => path.join(root, relative);

const entryNotFound = (request: BundleRequest): PlanError => ({
  _tag: 'EntryNotFound',
  tried: entryCandidates(request),
  byId: request.entry._tag === 'ById',
});
