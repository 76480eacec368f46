export type { ArchitectureName } from './architecture';
export { BundlePlan } from './bundle-plan';
export type { Include } from './bundle-request';
export type { SourceFile, TargetRuntime } from './bundle-plan';
export { DEFAULT_DEPENDENCIES } from './bundle-request';
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
} from './bundle-request';
export type { BytecodePlan } from './bytecode-plan';
export { decodePlan, showPlanFieldErrors } from './decode-plan';
export type { PlanFieldError } from './decode-plan';
export { dockerArgv } from './docker-argv';
export type { DockerLocations } from './docker-argv';
export { entryCandidates } from './entry';
export type { HostInstall, HostTool } from './host-plan';
export { CDK_IGNORES, DEFAULT_IGNORES, ignoreRules } from './ignore-rules';
export type { IgnoreQuestion, Ignores } from './ignore-rules';
export type {
  DockerInstall,
  GeneratedFile,
  InstallInput,
  InstallPlan,
  LeftOut,
  LineEdit,
  Mount,
} from './install-plan';
export type { OtherTargets } from './other-targets';
export type { Pinned } from './pinned';
export { plan } from './plan';
export { showPlanError } from './plan-error';
export type { PlanError } from './plan-error';
export { showPlanWarning, warningId } from './plan-warning';
export type { PlanWarning } from './plan-warning';
export { DEFAULT_RUNTIME, findRuntime, pythonRuntimes } from './python-runtime';
export type { PythonRuntime } from './python-runtime';
export { renderPlan } from './render-plan';
export type { RuntimeSource } from './python-runtime';
export type {
  LocalPackage,
  ProjectDeclaration,
  ProjectFile,
  RequirementsSnapshot,
  RequirementsText,
  SnapshotEntry,
  SnapshotFile,
  SourceSnapshot,
} from './source-snapshot';
export type { DeclarationKind } from './declaration-kind';
