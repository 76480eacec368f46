import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carriedPlan, carryPlan } from '../../src/exec/assembly/carry-plan';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { sha256 } from '../../src/plan/values/hash';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { planWith } from '../exec/support/plans';
import { HANDLER } from '../exec/support/requests';
import { cli } from './support/command';

const test = suite('cli: package');

/** A plan that lies in an assembly, and the folder of that. */
const carried = (
  requirements: string,
  variables: readonly string[] = [],
): { readonly plan: BundlePlan; readonly assembly: string } => {
  const plan = planWith(requirements, { packaging: 'zip' }, { 'data.txt': 'x\n' });
  assert.equal(carryPlan({ plan, variables }), { _tag: 'Right', right: undefined });
  return { plan, assembly: path.dirname(plan.output.path) };
};

const relative = (plan: BundlePlan): string => `cdk.out/cdk-lambda-python/${plan.hash.asset}.json`;

test('the path of a zip, which has the bytes of one that is made with the assembly', async () => {
  const { plan, assembly } = carried('six==1.16.0\n');
  const cwd = path.dirname(assembly);
  const direct = path.join(temporaryFolder(), 'bundle.zip');
  fs.writeFileSync(path.join(cwd, 'plan.json'), JSON.stringify(plan));
  assert.is((await cli(['run', 'plan.json', '--out', direct], { cwd })).code, 0);
  fs.rmSync(plan.entry.root, { recursive: true });
  const store = temporaryFolder();
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: store };
  const { code, stdout, stderr } = await cli(['package', relative(plan)], { cwd, environment });
  assert.is(code, 0, stderr);
  assert.is(stdout, `${plan.output.path}\n`);
  assert.ok(fs.readFileSync(plan.output.path).equals(fs.readFileSync(direct)));
});

test('in an assembly that was carried elsewhere: from within it, or where a variable says', async () => {
  const { plan, assembly } = carried('');
  const elsewhere = path.join(temporaryFolder(), 'artifact');
  fs.renameSync(assembly, elsewhere);
  const zip = path.join(elsewhere, path.basename(plan.output.path));
  const inside = await cli(['package', relative(plan)], { cwd: elsewhere });
  assert.is(inside.stdout, `${zip}\n`, inside.stderr);
  fs.rmSync(zip);
  const cwd = temporaryFolder();
  const environment = { ...environmentWith({}), CDK_LAMBDA_PYTHON_ASSEMBLY: elsewhere };
  const named = await cli(['package', relative(plan)], { cwd, environment });
  assert.is(named.stdout, `${zip}\n`, named.stderr);
  const lost = await cli(['package', relative(plan)], { cwd });
  assert.is(lost.code, 1);
  const places = [path.join(cwd, relative(plan)), path.join(cwd, relative(plan).replace('cdk.out/', ''))];
  assert.is(
    lost.stderr,
    `error: The plan of this asset was not found. Looked for: ${places.join(', ')}. Run this in the folder in which the app was synthesized, or set CDK_LAMBDA_PYTHON_ASSEMBLY to the folder of the cloud assembly.\n`,
  );
});

test('variables that the installer was given must be set', async () => {
  const { plan, assembly } = carried('six==1.16.0\n', ['INDEX_TOKEN', 'PIP_INDEX_URL']);
  const cwd = path.dirname(assembly);
  const environment = { ...environmentWith({ uv: true }), PIP_INDEX_URL: undefined, INDEX_TOKEN: undefined };
  const { code, stdout, stderr } = await cli(['package', relative(plan)], { cwd, environment });
  assert.equal([code, stdout], [1, '']);
  assert.is(
    stderr,
    'error: Stack/Function: INDEX_TOKEN, PIP_INDEX_URL of `bundling.environment` or `bundling.buildArgs` must be set where assets are published: the cloud assembly has no values.\n',
  );
});

test('a variable with another value than at synthesis: no zip, its name, and no value', async () => {
  const variables = { STAGE: 'staging-of-today' };
  const hooks = { before: [], after: ['echo "$STAGE" > stage.txt'] };
  const docker = { environment: ['STAGE'], volumes: [] };
  const plan = planWith('', { packaging: 'zip', executor: 'host', variables, hooks, docker });
  assert.equal(carryPlan({ plan, variables: ['STAGE'] }), { _tag: 'Right', right: undefined });
  const cwd = path.dirname(path.dirname(plan.output.path));
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const publish = (STAGE: string) =>
    cli(['package', relative(plan)], { cwd, environment: { ...environment, STAGE } });
  const other = await publish('production');
  assert.equal([other.code, other.stdout], [1, '']);
  assert.is(
    other.stderr,
    'error: Stack/Function: STAGE must have the values of the synthesis, or the bundle does not match its hash. Set the variables that `bundling.environment` and `bundling.buildArgs` named then, or synthesize again. Publish functions with different values of one variable in separate runs.\n',
  );
  const same = await publish(variables.STAGE);
  assert.is(same.stdout, `${plan.output.path}\n`, same.stderr);
});

test('an assembly that was changed: no zip, and the name that the file had', async () => {
  const { plan, assembly } = carried('');
  const file = path.join(path.dirname(carriedPlan(plan)), 'files', sha256(HANDLER));
  fs.writeFileSync(file, 'evil = 1\n');
  const { code, stdout, stderr } = await cli(['package', carriedPlan(plan)], { cwd: assembly });
  assert.equal([code, stdout], [1, '']);
  assert.match(stderr, `copies of ${plan.entry.file} are missing or were changed`);
  assert.not(fs.existsSync(plan.output.path));
});

test('a plan with a field of its own, or of a newer library, is not run', async () => {
  const { plan, assembly } = carried('six==1.16.0\n');
  const file = carriedPlan(plan);
  for (const [change, message] of [
    [{ image: '--privileged' }, '/plan/image: expected PlainArgument, got "--privileged"'],
    [{ version: 2 }, '/plan/version: this plan has version 2, this library reads version 1'],
  ] as const) {
    fs.writeFileSync(file, JSON.stringify({ plan: { ...plan, ...change }, variables: [] }));
    const { code, stderr } = await cli(['package', file], { cwd: assembly });
    assert.is(code, 1);
    assert.match(stderr, message);
  }
  fs.writeFileSync(file, '{ "plan": ');
  assert.match((await cli(['package', file], { cwd: assembly })).stderr, 'is not a plan that can be run');
  assert.not(fs.existsSync(plan.output.path));
});

test('errors name files where they were planned', async () => {
  const plan = planWith('', { packaging: 'zip', bytecode: 'require' }, { 'index.py': `${HANDLER}if :\n` });
  carryPlan({ plan, variables: [] });
  const { code, stderr } = await cli(['package', carriedPlan(plan)], { cwd: temporaryFolder() });
  assert.is(code, 1);
  assert.match(stderr, `${plan.entry.file}:3`);
});

test.run();
