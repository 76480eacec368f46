import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { execute } from '../support/bundle-file';
import { privateIndex } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { planWith } from './support/plans';

const test = suite('an index as of a date');

const asOf = (resolvedAsOf: string, requirement = 'idna>=3'): BundlePlan =>
  planWith(requirement, { executor: 'host', dependencies: { ...DEFAULT_DEPENDENCIES, resolvedAsOf } });

const run = async (
  plan: BundlePlan,
  tool: 'uv' | 'pip',
  environment: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const folder = temporaryFolder();
  const tools = { ...environmentWith({ [tool]: true }), CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store') };
  const [report] = await execute([plan], tools, environment);
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  return fs
    .readdirSync(plan.output.path)
    .filter((name) => name.endsWith('.dist-info'))
    .join(' ');
};

test('uv takes what the index had then, whatever the machine says', async () => {
  const later = { UV_EXCLUDE_NEWER: '2025-06-01T00:00:00Z' };
  assert.is(await run(asOf('2023-01-01'), 'uv', later), 'idna-3.4.dist-info');
  assert.is(await run(asOf('2024-01-01T00:00:00Z'), 'uv', later), 'idna-3.6.dist-info');
});

test('an older pip cannot, which is an error that names uv', async () => {
  const message = await run(asOf('2023-01-01'), 'pip');
  assert.match(message, /python3 -m pip \(\d+\.\d+\.\d+, older than 26\.0\.0\)/);
  assert.match(message, 'uv');
});

test('an index that does not tell when a file was uploaded has nothing, and the message says so', async () => {
  const index = await privateIndex();
  index.setPassword('pw');
  const plan = asOf('2023-01-01', 'private-lib');
  const message = await run(plan, 'uv', { UV_DEFAULT_INDEX: index.urlWith('pw') });
  index.close();
  const declaration = plan.install?.declaration;
  assert.is(
    message,
    `\`dependencies.resolvedAsOf\` is set, but the package index does not say when private_lib-1-py3-none-any.whl was uploaded, so its content at 2023-01-01T00:00:00Z is not known. It is required by ${declaration}, directly or indirectly. Use an index that gives upload dates, as PyPI does (PEP 700), or remove \`dependencies.resolvedAsOf\` and run \`npx cdk-lambda-python lock ${declaration}\`.`,
  );
});

test('nor is there a version that was uploaded later', async () => {
  const plan = asOf('2010-01-01');
  assert.is(
    await run(plan, 'uv'),
    `\`dependencies.resolvedAsOf\` is set, but the package index had nothing for idna at 2010-01-01T00:00:00Z that the requirements allow. It is required by ${plan.install?.declaration}, directly or indirectly. Set a later date, or allow an older version.`,
  );
});

test.run();
