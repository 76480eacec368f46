import * as fs from 'node:fs';
import * as path from 'node:path';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from './bundle-file';
import { environmentWith } from './python-tools';
import { sourceDistribution } from './sdist';
import { temporaryFolder } from './temporary';

export const TOOLS = ['uv', 'pip'] as const;

export type Tool = (typeof TOOLS)[number];

/** A machine on which distributions are built: what a test may look at or change before and after. */
export interface Machine {
  /** The user's home. */
  readonly home: string;
  readonly store: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * A home with secrets in it, and an environment with others; all that an install writes is in folders of its own. Builds run
 * without a sandbox, so that tests see what protects by itself.
 */
export const machine = (tool: Tool, more: NodeJS.ProcessEnv = {}): Machine => {
  const home = folderOf({
    '.netrc': 'machine index.invalid login aws password netrc-s3cret\n',
    '.aws/credentials': '[default]\naws_secret_access_key = file-s3cret\n',
  });
  const store = path.join(temporaryFolder(), 'store');
  const own = Object.entries(environmentWith({ [tool]: true })).filter(([name]) => !/^(PIP|UV)_/.test(name));
  return {
    home,
    store,
    environment: {
      ...Object.fromEntries(own),
      HOME: home,
      CDK_LAMBDA_PYTHON_CACHE: store,
      UV_CACHE_DIR: temporaryFolder(),
      PIP_CACHE_DIR: temporaryFolder(),
      CDK_LAMBDA_PYTHON_SANDBOX: 'off',
      ...more,
    },
  };
};

/** A machine that must build in a sandbox. */
export const confined = (tool: Tool, more: NodeJS.ProcessEnv = {}): Machine =>
  machine(tool, { CDK_LAMBDA_PYTHON_SANDBOX: 'require', ...more });

/** What came of a bundle: the names at its top, or the message. */
export interface Came {
  readonly plan: BundlePlan;
  readonly names: readonly string[];
  readonly message: string;
}

/** Makes the bundle of a folder. */
export const bundleOf = async (
  folder: string,
  { environment }: Pick<Machine, 'environment'>,
  changes: Partial<BundleRequest> = {},
  values: Readonly<Record<string, string>> = {},
): Promise<Came> => {
  const plan = planOf(folder, changes);
  const [report] = await execute([plan], environment, values);
  return report?.outcome._tag === 'Bundled'
    ? { plan, names: fs.readdirSync(plan.output.path), message: '' }
    : {
        plan,
        names: [],
        message:
          report?.outcome._tag === 'Failed'
            ? showExecutionError(report.outcome.error)
            : 'there was no report',
      };
};

const requiringBuilt = (built: Parameters<typeof sourceDistribution>[0]): string =>
  folderOf({
    'index.py': HANDLER,
    'requirements.txt': `--no-index\n--find-links ${path.dirname(sourceDistribution(built))}\n${built.name}==1\n`,
  });

/** A function's folder that requires the source distribution `evil` 1, which runs this code as it is built. */
export const requiringEvil = (code: string, requires: readonly string[] = []): string =>
  requiringBuilt({ name: 'evil', code, requires });

/** A function's folder that requires the source distribution `good` 1, whose build does nothing else. */
export const harmless = (): string => requiringBuilt({ name: 'good', code: '' });

/** Python that writes what an expression gives to a file, as JSON; the last build counts. */
export const telling = (file: string, expression: string, imports = 'os'): string =>
  `import json, ${imports}\nwith open(${JSON.stringify(file)}, 'w') as told:\n    json.dump(${expression}, told)\n`;

/** What it wrote; undefined where no code has run. */
export const told = (file: string): unknown =>
  fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
