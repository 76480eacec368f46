import * as path from 'node:path';
import { fileOf, targetOf } from './bundle-draft';
import type { Decisions } from './check-draft';
import { uncountedVolumes } from './install/uncounted-volumes';
import { isWhole } from './install/whole-build';
import { bundleName } from './model/bundle-name';
import type { BundlePlan, SourceFile, TargetRuntime } from './model/bundle-plan';
import type { BytecodePlan } from './model/bytecode-plan';
import { inLayer, planBytecode } from './model/bytecode-plan';
import type { InstallPlan } from './model/install-plan';
import type { SnapshotEntry, SourceSnapshot } from './model/source-snapshot';
import { uncountedVariables } from './options/uncounted-variables';
import { undeclaredVariables } from './options/undeclared-variables';
import { assetHash, bytecodeHash, contentHash, dependenciesHash } from './parts/plan-hash';
import { planInstall } from './plan-install';
import { planWarnings } from './plan-warnings';
import { lambdaHandler } from './sources/handler';
import { declarationsIn, planSources } from './sources/plan-sources';
import { MAXIMUM_SIZE } from './target/maximum-size';
import { NO_OTHER_TARGETS } from './target/other-targets';
import { buildImageOf } from './target/python-runtime';

/** The decisions on a bundle, and what follows from them for its content. */
export interface PlannedContent extends Decisions {
  readonly target: TargetRuntime;
  readonly image: string;
  readonly sources: readonly SourceFile[];
  readonly bytecode: BytecodePlan | null;
  readonly install: InstallPlan | null;
}

/** Selects the sources, and plans the install and the bytecode. */
export const planContent = (decided: Decisions): PlannedContent => {
  const { request, snapshot, entry, placement, runtime, source, requirements } = decided;
  const image = request.docker.image ?? buildImageOf(runtime);
  const target = targetOf(request, { runtime, source });
  const bytecode = planBytecode(request.bytecode, runtime, request.kind);
  const install =
    requirements === null
      ? null
      : planInstall(request, requirements, runtime, target, image, bytecode, snapshot);
  return {
    ...decided,
    target,
    image,
    sources: planSources(snapshot, entry, placement, isWhole(request)),
    bytecode,
    install: install?.isWhole === true ? withUnshipped(install, snapshot, entry) : install,
  };
};

/** Commands see what declares the dependencies, which does not ship. */
const withUnshipped = (install: InstallPlan, snapshot: SourceSnapshot, entry: SnapshotEntry): InstallPlan => {
  const names = declarationsIn(snapshot, entry);
  const unshipped = snapshot.files.map((file) => file.path).filter((file) => names.includes(file));
  return unshipped.length === 0 ? install : { ...install, unshipped };
};

/** Hashes the content, and names the bundle after its hash. */
export const nameBundle = (planned: PlannedContent): BundlePlan => {
  const { request, entry, placement, handler, target, image, sources, install, bytecode } = planned;
  const { kind, dependenciesIn, packaging, outputDirectory, prefix } = request;
  const { alsoFor = NO_OTHER_TARGETS, sbom = false } = request;
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
      // Where the modules are in a layer, the bill of materials lies beside that layer.
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
    warnings: warningsOf(planned),
  };
};

const warningsOf = ({
  request,
  snapshot,
  requirements,
  ...decided
}: PlannedContent): BundlePlan['warnings'] => [
  ...planWarnings(snapshot, {
    ...request,
    ...decided,
    requirements,
    asked: request.runtime,
    file: fileOf(decided.entry),
  }),
  ...uncountedVolumes(request, requirements, snapshot),
  ...undeclaredVariables(request),
  ...uncountedVariables(request),
];
