import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { isNonEmpty } from 'fp-ts/Array';
import type { BundlePlan, SourceFile, TargetRuntime } from './bundle-plan';
import type { BundleRequest } from './bundle-request';
import { LambdaHandler } from './codecs';
import { entryCandidates } from './entry';
import type { EntryPlacement } from './handler';
import { DEFAULT_HANDLER, lambdaHandler, placeEntry } from './handler';
import { byText } from './hash';
import { assetHash, dependenciesHash } from './plan-hash';
import type { PlanError } from './plan-error';
import { planInstall } from './plan-install';
import type { PlanWarning } from './plan-warning';
import { platformTags } from './platform-tags';
import { readDefinitions } from './python-definitions';
import { buildImageOf } from './python-runtime';
import { isRemote, readRequirements } from './requirements-file';
import type { RuntimeChoice } from './runtime-choice';
import { chooseRuntime } from './runtime-choice';
import type { SnapshotEntry, SourceSnapshot } from './source-snapshot';

/** What Lambda allows a function and its layers to hold together, unzipped, in bytes (250 MB; Lambda quotas page). */
const MAXIMUM_SIZE = 250 * 1024 * 1024;

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
  const runtime = chooseRuntime(request, snapshot);
  const { entry } = snapshot;
  const placed = entry === null ? null : placeEntry(entry.path, snapshot.files);
  const errors: PlanError[] = [
    ...snapshot.problems,
    ...(entry === null && snapshot.problems.length === 0 ? [entryNotFound(request)] : []),
    ...(entry !== null && placed?._tag === 'NotImportable'
      ? [{ _tag: 'EntryNotImportable', path: fileOf(entry), part: placed.part } as const]
      : []),
    ...(E.isLeft(runtime) ? [runtime.left] : []),
    ...(placed?._tag === 'Placed' && !LambdaHandler.is(lambdaHandler(placed.placement.module, handler))
      ? [{ _tag: 'InvalidHandler', handler } as const]
      : []),
  ];
  if (isNonEmpty(errors)) return E.left(errors);
  if (entry === null || placed?._tag !== 'Placed' || E.isLeft(runtime))
    return E.left([entryNotFound(request)]);
  return E.right(
    compose(request, snapshot, { entry, placement: placed.placement, handler, ...runtime.right }),
  );
};

/** What is settled once nothing is wrong. */
interface Decisions extends RuntimeChoice {
  readonly entry: SnapshotEntry;
  readonly placement: EntryPlacement;
  readonly handler: string;
}

const compose = (request: BundleRequest, snapshot: SourceSnapshot, decided: Decisions): BundlePlan => {
  const { entry, placement, runtime, handler } = decided;
  const image = request.docker.image ?? buildImageOf(runtime);
  const target: TargetRuntime = {
    name: runtime.name,
    python: runtime.python,
    architecture: request.architecture,
    glibc: `2.${runtime.glibcMinor}`,
    platformTags: platformTags(runtime, request.architecture),
    source: decided.source,
  };
  const sources = planSources(snapshot, entry, placement);
  const install = planInstall(request, snapshot.requirements, runtime, target, image);
  const dependencies =
    install === null
      ? null
      : dependenciesHash(install.inputs, target, install.plan, request.docker.image !== undefined);
  const asset = assetHash(dependencies, sources);
  return {
    version: 1,
    label: request.label,
    entry: { file: fileOf(entry), root: entry.root, path: placement.path },
    handler: lambdaHandler(placement.module, handler),
    runtime: target,
    image,
    sources,
    install: install?.plan ?? null,
    output: { directory: path.join(request.outputDirectory, `asset.${asset}`), maximumSize: MAXIMUM_SIZE },
    hash: { dependencies, asset },
    warnings: warnings(snapshot, decided),
  };
};

const planSources = (
  { files }: SourceSnapshot,
  entry: SnapshotEntry,
  placement: EntryPlacement,
): readonly SourceFile[] =>
  files
    .map(({ path: from, size, executable, digest }) => ({
      from,
      path: from === entry.path ? placement.path : from,
      size,
      executable,
      digest,
    }))
    .sort((a, b) => byText(a.path, b.path));

const warnings = (
  { requirements }: SourceSnapshot,
  { source, runtime, handler, entry }: Decisions,
): readonly PlanWarning[] => {
  const definitions = readDefinitions(entry.source);
  const isDefined = handler.includes('.') || definitions.open || definitions.names.has(handler);
  return [
    ...(source === 'default' ? [{ _tag: 'DefaultRuntime', runtime: runtime.name } as const] : []),
    ...(isDefined
      ? []
      : [
          {
            _tag: 'HandlerNotDefined',
            handler,
            entry: fileOf(entry),
            functions: definitions.functions,
          } as const,
        ]),
    ...(requirements?.texts ?? []).flatMap(({ file, text }) =>
      readRequirements(text)
        .filter((line) => line._tag === 'Include' && isRemote(line.target))
        .map((line) => ({ _tag: 'RemoteInclude', file, line: line.at.from }) as const),
    ),
  ];
};

const fileOf = ({ root, path: relative }: SnapshotEntry): string => path.join(root, relative);

const entryNotFound = (request: BundleRequest): PlanError => ({
  _tag: 'EntryNotFound',
  tried: entryCandidates(request),
  byId: request.entry._tag === 'ById',
});
