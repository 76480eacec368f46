export type { ArchitectureName } from './target/architecture';
export { BundlePlan } from './model/bundle-plan';
export type { Include } from './request/bundle-request';
export type { SourceFile, TargetRuntime } from './model/bundle-plan';
export { DEFAULT_DEPENDENCIES } from './request/bundle-request';
export type {
  AssetHashKind,
  BundleRequest,
  BytecodeMode,
  CommandHooks,
  DependenciesIn,
  DependencyRequest,
  RequiredBy,
  DockerRequest,
  EntryRequest,
  ExecutorName,
  ExternalSymlinks,
  FileAccess,
  Packaging,
  SdistPolicy,
} from './request/bundle-request';
export type { BytecodePlan } from './model/bytecode-plan';
export { decodePlan, showPlanFieldErrors } from './decode/decode-plan';
export type { PlanFieldError } from './decode/decode-plan';
export { dockerArgv } from './install/docker-argv';
export type { DockerLocations } from './install/docker-argv';
export { entryCandidates } from './request/entry';
export type { HostInstall, HostTool } from './model/host-plan';
export { CDK_IGNORES, DEFAULT_IGNORES, ignoreRules } from './sources/ignore-rules';
export type { IgnoreQuestion, Ignores } from './sources/ignore-rules';
export type {
  DockerInstall,
  GeneratedFile,
  InstallInput,
  InstallPlan,
  LeftOut,
  LineEdit,
  Mount,
} from './model/install-plan';
export type { OtherTargets } from './target/other-targets';
export type { Pinned } from './model/pinned';
export { plan } from './plan';
export { showPlanError } from './errors/plan-error';
export type { PlanError } from './errors/plan-error';
export { showPlanWarning, warningId } from './errors/plan-warning';
export type { PlanWarning } from './errors/plan-warning';
export { DEFAULT_RUNTIME, findRuntime, pythonRuntimes } from './target/python-runtime';
export type { PythonRuntime } from './target/python-runtime';
export { renderPlan } from './show/render-plan';
export type { RuntimeSource } from './target/python-runtime';
export type {
  LocalPackage,
  ProjectDeclaration,
  ProjectFile,
  RequirementsSnapshot,
  RequirementsText,
  SnapshotEntry,
  SnapshotFile,
  SourceSnapshot,
} from './model/source-snapshot';
export type { DeclarationKind } from './request/declaration-kind';
