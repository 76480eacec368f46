import * as path from 'node:path';
import type { ArchitectureName } from '../plan/architecture';
import type { BundleRequest, BytecodeMode, ExecutorName, Packaging } from '../plan/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../plan/bundle-request';

/** The options that name a bundle on the command line. */
export interface RequestOptions {
  readonly handler: string;
  readonly runtime?: string;
  readonly arch: ArchitectureName;
  readonly executor: ExecutorName;
  readonly exclude: readonly string[];
  readonly bytecode: BytecodeMode;
}

/** A file named on the command line, as a request. Relative paths are relative to the current folder. */
export const requestOf = (
  file: string,
  { handler, runtime, arch, executor, exclude, bytecode }: RequestOptions,
  outputDirectory: string,
  packaging: Packaging,
): BundleRequest => ({
  label: file,
  kind: 'function',
  entry: { _tag: 'ByPath', path: path.resolve(file), index: 'index.py' },
  definingFiles: [],
  handler,
  runtime: runtime === undefined ? {} : { prop: runtime },
  architecture: arch,
  exclude,
  externalSymlinks: 'refuse',
  outputDirectory,
  executor,
  packaging,
  bytecode,
  dependencies: DEFAULT_DEPENDENCIES,
  dependenciesIn: 'bundle',
  prefix: '.',
  hooks: { before: [], after: [] },
  docker: { environment: [], volumes: [] },
});
