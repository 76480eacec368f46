import * as fs from 'node:fs';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../../src/exec/batch/execution-report';
import { folderStore } from '../../../src/exec/store/store';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { execute } from '../../support/bundle-file';
import { environmentWith } from '../../support/python-tools';
import { listTree, temporaryFolder } from '../../support/temporary';
import { planOf } from './plans';
import { folderOf, HANDLER } from './requests';

/** The plan of an entry that does nothing much, with more files and hooks. */
export const hooked = (
  tree: Readonly<Record<string, string | Uint8Array>>,
  hooks: Partial<BundleRequest['hooks']>,
  changes: Partial<BundleRequest> = {},
): BundlePlan =>
  planOf(folderOf({ 'index.py': HANDLER, ...tree }), {
    hooks: { before: [], after: [], ...hooks },
    ...changes,
  });

/** Runs a plan with a store of its own, uv and nothing else. */
export const run = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv = {},
): Promise<ExecutionReport['outcome']> => {
  const cache = temporaryFolder();
  const tools = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: cache, ...environment };
  const [report] = await execute([plan], tools);
  if (report === undefined) throw new Error('no report');
  const { temporaries } = folderStore(tools.CDK_LAMBDA_PYTHON_CACHE ?? cache);
  assert.equal(fs.readdirSync(temporaries), [], 'temporaries of the store');
  return report.outcome;
};

export const bundled = async (...args: Parameters<typeof run>): Promise<string> => {
  const outcome = await run(...args);
  if (outcome._tag !== 'Bundled') throw new Error(JSON.stringify(outcome, null, 2));
  return outcome.path;
};

export const message = async (...args: Parameters<typeof run>): Promise<string> => {
  const outcome = await run(...args);
  if (outcome._tag !== 'Failed') throw new Error(JSON.stringify(outcome));
  return showExecutionError(outcome.error);
};

export const pathsIn = (folder: string): readonly string[] => listTree(folder).map((file) => file.path);
