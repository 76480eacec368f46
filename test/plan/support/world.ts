import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { sha256 } from '../../../src/plan/values/hash';
import { plan } from '../../../src/plan/plan';
import type { PlanError } from '../../../src/plan/errors/plan-error';
import type {
  LocalPackage,
  RequirementsSnapshot,
  RequirementsText,
  SnapshotFile,
  SourceSnapshot,
} from '../../../src/plan/model/source-snapshot';

/** What `new PythonFunction(stack, 'my_handler')` in /app/lib/stack.ts asks for. */
export const request = (changes: Partial<BundleRequest> = {}): BundleRequest => ({
  kind: 'function',
  label: 'Stack/my_handler',
  entry: { _tag: 'ById', id: 'my_handler' },
  definingFiles: ['/app/lib/stack.ts'],
  runtime: {},
  architecture: 'x86_64',
  exclude: [],
  externalSymlinks: 'refuse',
  outputDirectory: '/app/cdk.out',
  executor: 'auto',
  packaging: 'zip',
  bytecode: 'auto',
  dependencies: DEFAULT_DEPENDENCIES,
  dependenciesIn: 'bundle',
  prefix: '.',
  hooks: { before: [], after: [] },
  docker: { environment: [], volumes: [] },
  ...changes,
});

/** A file whose content is a text. */
export const file = (name: string, content = '', executable = false): SnapshotFile => ({
  path: name,
  size: content.length,
  executable,
  digest: sha256(content),
});

export const SOURCE = 'def lambda_handler(event, context):\n    return 1\n';

/** An entry beside the stack, and nothing else. */
export const snapshot = (changes: Partial<SourceSnapshot> = {}): SourceSnapshot => ({
  entry: { root: '/app/lib', path: 'stack.my_handler.py', source: SOURCE },
  files: [file('stack.my_handler.py', SOURCE)],
  pythonVersion: null,
  requirements: null,
  project: null,
  unused: [],
  problems: [],
  ...changes,
});

/** Requirements files by absolute path; the first is the one beside the entry. */
export const requirements = (
  texts: Readonly<Record<string, string>>,
  localPackages: readonly LocalPackage[] = [],
): RequirementsSnapshot => {
  const [first, ...rest] = Object.entries(texts).map(([name, text]): RequirementsText => ({
    file: name,
    text,
    digest: sha256(text),
  }));
  if (first === undefined) throw new Error('no requirements file');
  return { texts: [first, ...rest], localPackages };
};

/** A folder with a package in it. */
export const folder = (
  name: string | null,
  location: string,
  files: readonly SnapshotFile[] = [file('pyproject.toml', `[project]\nname = "${name}"\n`)],
): LocalPackage => ({ path: location, name, kind: 'folder', files });

/** A wheel or an archive. */
export const archive = (location: string): LocalPackage => ({
  path: location,
  name: null,
  kind: 'file',
  files: [file(path.basename(location), 'an archive')],
});

/** The snapshot above with a text as its requirements.txt. */
export const requiring = (text: string, ...localPackages: readonly LocalPackage[]): SourceSnapshot =>
  snapshot({ requirements: requirements({ '/app/lib/requirements.txt': text }, localPackages) });

export const planned = (asked: BundleRequest = request(), seen: SourceSnapshot = snapshot()): BundlePlan => {
  const result = plan(asked, seen);
  if (isLeft(result)) throw new Error(`refused: ${JSON.stringify(result.left)}`);
  return result.right;
};

export const refusals = (
  asked: BundleRequest = request(),
  seen: SourceSnapshot = snapshot(),
): readonly PlanError[] => {
  const result = plan(asked, seen);
  return isLeft(result) ? result.left : [];
};

/** What a plan is once it was written down and read again. */
export const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
