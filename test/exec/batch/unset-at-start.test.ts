import * as path from 'node:path';
import { right } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../../src/exec/batch/batch';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../../src/exec/batch/execution-report';
import type { Install } from '../../../src/exec/install/install';
import { liveWorld } from '../../../src/exec/batch/live-world';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('variables without a value at the start of a batch');

const indexed = (name: string): BundlePlan =>
  planWith(`# ${name}\n--index-url https://me:\${${name}}@corp.example/simple\ncorp\n`);

const cache = temporaryFolder();

/** Runs plans one after another, with an installer of the test's; answers what is reported. */
const run = async (
  plans: readonly BundlePlan[],
  install: Install,
  variables: Readonly<Record<string, string>> = {},
  onReport: (report: ExecutionReport) => void = () => undefined,
  environments: readonly Readonly<Record<string, string>>[] = [],
): Promise<readonly ExecutionReport[]> => {
  const world = await liveWorld({ ...environmentWith({}), ...variables, CDK_LAMBDA_PYTHON_CACHE: cache });
  const installers = { ...world.installers, host: install };
  return runBatch(
    { ...world, installers, parallelism: 1 },
    plans.map((plan, at) => ({ plan, environment: environments[at] ?? {} })),
    onReport,
  );
};

const message = ({ outcome }: ExecutionReport): string =>
  outcome._tag === 'Failed' ? showExecutionError(outcome.error) : outcome._tag;

const installed = (plan: BundlePlan, folder: string) => {
  writeTree(folder, {
    'corp.py': '',
    'corp-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: corp\nVersion: 1\n',
    'corp-1.dist-info/WHEEL': 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    'corp-1.dist-info/RECORD': '',
  });
  return right({ by: 'host' as const, tool: plan.label, output: '' });
};

test('all are told before the first install has ended, and what has its variables is installed', async () => {
  const plans = [planWith('corp\n'), indexed('FIRST_TOKEN'), indexed('SECOND_TOKEN')];
  const reported: string[] = [];
  let begun = 0;
  const install: Install = async ({ plan, folders }) => {
    begun += 1;
    for (let waited = 0; reported.length < 2 && waited < 100; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.is(reported.length, 2);
    return installed(plan, folders.output);
  };
  const reports = await run(plans, install, {}, (report) => reported.push(message(report)));
  const told = (plan: BundlePlan | undefined, name: string): string =>
    `${path.dirname(plan?.install?.declaration ?? '')}/requirements.txt:2 has \${${name}} in a URL, and the variable is not set. Set it on this machine, or give it in \`bundling.environment\`.`;
  assert.equal(reports.map(message), [
    'Bundled',
    told(plans[1], 'FIRST_TOKEN'),
    told(plans[2], 'SECOND_TOKEN'),
  ]);
  assert.is(begun, 1);
});

test('what the store has needs no variable', async () => {
  const plan = indexed('THIRD_TOKEN');
  const first = await run([plan], async (task) => installed(plan, task.folders.output), { THIRD_TOKEN: 't' });
  assert.equal(first.map(message), ['Bundled']);
  const again = await run([plan], () => Promise.reject(new Error('it is in the store')));
  assert.equal(again.map(message), ['Bundled']);
});

test('the first of those with the same modules is installed, so its variables count', async () => {
  const plan = indexed('FIFTH_TOKEN');
  const other = { ...plan, output: { ...plan.output, path: `${plan.output.path}-2` } };
  const install: Install = async (task) => {
    assert.equal(task.environment, { FIFTH_TOKEN: 't' });
    return installed(plan, task.folders.output);
  };
  const reports = await run([plan, other], install, {}, undefined, [{ FIFTH_TOKEN: 't' }]);
  assert.equal(reports.map(message), ['Bundled', 'Bundled']);
});

test.run();
