import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { InstallTask } from '../../../src/exec/install/install';
import { survey } from '../../../src/exec/survey/survey';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import type { SourceSnapshot } from '../../../src/plan/model/source-snapshot';
import { temporaryFolder, writeTree } from '../../support/temporary';

export const HANDLER = 'def lambda_handler(event, context):\n    return event\n';

/** A new folder with these files. */
export const folderOf = (tree: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = temporaryFolder();
  writeTree(folder, tree);
  return folder;
};

/** A request for an entry by its path, as by default. */
export const requestFor = (entry: string, changes: Partial<BundleRequest> = {}): BundleRequest => ({
  kind: 'function',
  label: 'Stack/Function',
  entry: { _tag: 'ByPath', path: entry, index: 'index.py' },
  definingFiles: [],
  runtime: { prop: 'python3.11' },
  architecture: 'x86_64',
  exclude: [],
  externalSymlinks: 'refuse',
  outputDirectory: path.join(path.dirname(entry), 'cdk.out'),
  executor: 'auto',
  packaging: 'directory',
  bytecode: 'off',
  dependencies: DEFAULT_DEPENDENCIES,
  dependenciesIn: 'bundle',
  prefix: '.',
  hooks: { before: [], after: [] },
  docker: { environment: [], volumes: [] },
  ...changes,
});

export const surveyOf = (entry: string, changes: Partial<BundleRequest> = {}): SourceSnapshot =>
  survey(requestFor(entry, changes))();

/** What was found to go in, without the digests. */
export const paths = ({ files }: SourceSnapshot): readonly string[] => files.map(({ path }) => path);

/** A named pipe: whoever reads it waits. */
export const makePipe = (file: string): void => {
  execFileSync('mkfifo', [file]);
};

/** The folders of a run below a folder; none is made. */
export const runFolders = (folder: string): InstallTask['folders'] => ({
  input: path.join(folder, 'input'),
  output: path.join(folder, 'output'),
  bytecode: path.join(folder, 'bytecode'),
  tools: path.join(folder, 'tools'),
  cache: path.join(folder, 'cache'),
});
