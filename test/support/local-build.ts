import * as path from 'node:path';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { FileOptions } from './bundle-file';
import { execute, planOfFile } from './bundle-file';
import { environmentWith } from './python-tools';
import { temporaryFolder } from './temporary';

/** The installers that build local packages on the host. */
export const TOOLS = ['uv', 'pip'] as const;

export type Tool = (typeof TOOLS)[number];

export const HANDLER = 'def lambda_handler(event, context): return 1\n';

/** The plan of `fn/h.py` in a folder. */
export const planIn = (root: string, options: Partial<FileOptions> = {}): BundlePlan =>
  planOfFile(path.join(root, 'fn/h.py'), {
    runtime: '3.13',
    executor: 'host',
    outputDirectory: temporaryFolder(),
    ...options,
  });

/**
 * The folder of the bundle that an installer makes.
 *
 * @param store absolute path of the store; an empty one by default
 */
export const bundleOf = async (plan: BundlePlan, tool: Tool, store = temporaryFolder()): Promise<string> => {
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: store,
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  return report.outcome.path;
};

/** The pyproject.toml of a package `one` that hatchling builds. */
export const HATCH = (more: string): string =>
  `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "one"\nversion = "1"\n${more}`;

/** The same of poetry-core. */
export const POETRY = (more: string): string =>
  `[build-system]\nrequires = ["poetry-core>=2"]\nbuild-backend = "poetry.core.masonry.api"\n[project]\nname = "one"\nversion = "1"\n${more}`;

/** A package that is built from files outside of its folder. */
export interface Outside {
  readonly files: Readonly<Record<string, string>>;
  /** What is then in the bundle. */
  readonly has: Readonly<Record<string, RegExp>>;
  /** A file outside of the package that decides about it. */
  readonly edited: string;
}
