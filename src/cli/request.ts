import * as path from 'node:path';
import type { ArchitectureName } from '../plan/target/architecture';
import type {
  BundleRequest,
  BytecodeMode,
  DependencyRequest,
  ExecutorName,
  Packaging,
  SdistPolicy,
  Include,
} from '../plan/request/bundle-request';
import type { InstallerName } from '../plan/target/install-choice';
import { DEFAULT_DEPENDENCIES } from '../plan/request/bundle-request';

/** The options that name a bundle on the command line. */
export interface RequestOptions {
  readonly handler: string;
  /** The root folder of the bundle. @default - the folder of the file */
  readonly root?: string;
  readonly runtime?: string;
  readonly arch: ArchitectureName;
  readonly executor: ExecutorName;
  readonly sdist?: SdistPolicy;
  readonly installer?: InstallerName;
  readonly exclude: readonly string[];
  readonly include: readonly Include[];
  readonly bytecode: BytecodeMode;
  readonly from?: string;
  readonly group: readonly string[];
  readonly extra: readonly string[];
  readonly index?: string;
  readonly extraIndex: readonly string[];
  readonly omit: readonly string[];
  readonly requireHashes?: boolean;
  readonly requirePinned?: boolean;
  readonly resolvedAsOf?: string;
  readonly sbom?: boolean;
}

/** The request for a file on the command line. Relative paths are relative to the current folder. */
export const requestOf = (
  file: string,
  options: RequestOptions,
  outputDirectory: string,
  packaging: Packaging,
): BundleRequest => {
  const { handler, runtime, arch, executor, sdist, exclude, include, bytecode, sbom = false } = options;
  return {
    label: file,
    kind: 'function',
    entry: entryOf(file, options),
    definingFiles: [],
    handler,
    runtime: runtime === undefined ? {} : { prop: runtime },
    architecture: arch,
    exclude,
    externalSymlinks: 'refuse',
    ...(include.length === 0 ? {} : { include }),
    outputDirectory,
    executor,
    ...(sdist === undefined ? {} : { sdist }),
    ...(options.installer === undefined ? {} : { installer: options.installer }),
    packaging,
    bytecode,
    dependencies: dependenciesOf(options),
    dependenciesIn: 'bundle',
    prefix: '.',
    sbom,
    hooks: { before: [], after: [] },
    docker: { environment: [], volumes: [] },
  };
};

const entryOf = (file: string, { root }: RequestOptions): BundleRequest['entry'] =>
  root === undefined
    ? { _tag: 'ByPath', path: path.resolve(file), index: 'index.py' }
    : { _tag: 'ByPath', path: path.resolve(root), index: path.relative(root, file) };

const dependenciesOf = ({
  from,
  group,
  extra,
  index,
  extraIndex,
  omit,
  requireHashes = false,
  requirePinned = false,
  resolvedAsOf,
}: RequestOptions): DependencyRequest => ({
  ...DEFAULT_DEPENDENCIES,
  ...(from === undefined ? {} : { from }),
  ...(index === undefined ? {} : { index }),
  groups: group,
  extras: extra,
  extraIndexes: extraIndex,
  omit,
  requireHashes,
  ...(requirePinned ? { requirePinned } : {}),
  ...(resolvedAsOf === undefined ? {} : { resolvedAsOf }),
});
