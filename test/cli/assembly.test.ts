import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CarriedPlan } from '../../src/exec/assembly/carry-plan';
import { carryPlan } from '../../src/exec/assembly/carry-plan';
import type { BakeFile } from '../../src/plan/assembly/bake-file';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest, ExecutorName } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf } from '../exec/support/requests';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { cli } from './support/command';

const test = suite('cli: the plans of an assembly');

const REQUIREMENTS = { one: 'six==1.16.0\n', two: 'six==1.16.0\n', three: 'idna==3.6\n', four: '' };

/** An assembly with the plans of four functions, in two sets and one that installs nothing. */
const assembly = (
  executor: ExecutorName = 'host',
  changes: Partial<BundleRequest> = {},
): { readonly cwd: string; readonly plans: Readonly<Record<string, BundlePlan>> } => {
  const cwd = temporaryFolder();
  const made = Object.entries(REQUIREMENTS).map(([name, requirements]) => {
    const folder = folderOf({
      'index.py': `def lambda_handler(event, context):\n    return "${name}"\n`,
      'requirements.txt': requirements,
    });
    const outputDirectory = path.join(cwd, 'cdk.out');
    const plan = planOf(folder, {
      label: `Stack/${name}`,
      executor,
      packaging: 'zip',
      outputDirectory,
      ...changes,
    });
    assert.equal(carryPlan({ plan, variables: [] }), { _tag: 'Right', right: undefined });
    return [name, plan] as const;
  });
  const files = Object.fromEntries(made.map(([, { hash }]) => [hash.asset, {}]));
  writeTree(cwd, {
    'cdk.out/Stack.assets.json': JSON.stringify({ files }),
    // What an earlier synthesis has left.
    'cdk.out/cdk-lambda-python/0000.json': '{}',
  });
  return { cwd, plans: Object.fromEntries(made) };
};

const labels = (stdout: string): readonly string[] =>
  (JSON.parse(stdout) as readonly CarriedPlan[]).map(({ plan }) => plan.label);

test('plan: one of each distinct set first', async () => {
  const { cwd } = assembly();
  const { code, stdout, stderr } = await cli(['plan', 'cdk.out', '--format', 'json'], { cwd });
  assert.is(code, 0, stderr);
  const found = labels(stdout);
  assert.equal([...found].sort(), ['Stack/four', 'Stack/one', 'Stack/three', 'Stack/two']);
  assert.ok(['Stack/one', 'Stack/two'].includes(found.at(-1) ?? ''));
});

test('plan: a bake file, and beside the plans what its builds are sent', async () => {
  const { cwd, plans } = assembly('auto');
  const { code, stdout, stderr } = await cli(['plan', 'cdk.out', '--format', 'bake'], { cwd });
  assert.is(code, 0, stderr);
  const { group, target } = JSON.parse(stdout) as BakeFile;
  assert.equal([group['modules']?.targets.length, group['bundles']?.targets.length], [2, 4]);
  for (const { context, contexts } of Object.values(target)) {
    const folders = [context, ...Object.values(contexts)].filter((place) => !place.startsWith('target:'));
    for (const folder of folders) assert.ok(fs.statSync(path.join(cwd, folder)).isDirectory(), folder);
  }
  const contexts = path.join(cwd, 'cdk.out/cdk-lambda-python/contexts');
  const { dependencies, asset } = plans['one']?.hash ?? {};
  assert.is(
    fs.readFileSync(path.join(contexts, dependencies ?? '', 'input/requirements.txt'), 'utf8'),
    REQUIREMENTS.one,
  );
  assert.equal(fs.readdirSync(path.join(contexts, asset ?? '', 'sources')), ['index.py']);
});

test('plan: what no builder can do is no bake file', async () => {
  const { cwd } = assembly();
  const { code, stdout, stderr } = await cli(['plan', 'cdk.out', '--format', 'bake'], { cwd });
  assert.equal([code, stdout], [1, '']);
  assert.is(stderr.match(/`bundling.executor` is "host", but must be/g)?.length, 3, stderr);
});

test('run: modules that bake has not built are told', async () => {
  const { cwd } = assembly();
  const { code, stderr } = await cli(['run', 'cdk.out', '--built'], { cwd });
  assert.is(code, 1);
  assert.is(stderr.match(/The modules of this bundle are not in /g)?.length, 3, stderr);
});

test('plan: a matrix has a job for each set', async () => {
  const { cwd, plans } = assembly();
  const { stdout } = await cli(['plan', 'cdk.out', '--format', 'matrix'], { cwd });
  const { include } = JSON.parse(stdout) as { readonly include: readonly Readonly<Record<string, string>>[] };
  assert.equal(
    include.map(({ shard }) => shard),
    ['1/3', '2/3', '3/3'],
  );
  const place = (name: string): string => `cdk.out/cdk-lambda-python/${plans[name]?.hash.asset ?? ''}.json`;
  assert.equal(
    { ...include[0], name: include[0]?.['name']?.replace(/one|two/, 'x') },
    {
      shard: '1/3',
      name: 'Stack/x and 1 more',
      runtime: 'python3.11',
      architecture: 'x86_64',
      plans: [place('one'), place('two')].sort().join(' '),
    },
  );
});

test('run: every bundle is made in one shard, and a set is installed in one', async () => {
  const { cwd, plans } = assembly();
  const store = temporaryFolder();
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: store };
  const made: string[] = [];
  const installs: number[] = [];
  for (const shard of ['1/2', '2/2']) {
    const { code, stdout, stderr } = await cli(['run', 'cdk.out', '--shard', shard], { cwd, environment });
    assert.is(code, 0, stderr);
    assert.match(stderr, `shard ${shard}: 2 of 4 bundles`);
    made.push(...stdout.trim().split('\n'));
    installs.push(fs.readdirSync(path.join(store, 'v4/modules')).length);
  }
  assert.equal(
    made.sort(),
    Object.values(plans)
      .map(({ output }) => output.path)
      .sort(),
  );
  assert.ok(made.every((file) => fs.existsSync(file)));
  assert.equal(installs, [1, 2]);
});

test('run: a failure does not stop the others, and all are told', async () => {
  const { cwd, plans } = assembly();
  const files = path.join(cwd, 'cdk.out/cdk-lambda-python/files');
  const broken = plans['four']?.sources[0]?.digest ?? '';
  fs.rmSync(path.join(files, broken));
  const { code, stdout, stderr } = await cli(['run', 'cdk.out'], { cwd });
  assert.is(code, 1);
  assert.is(stdout.trim().split('\n').length, 3);
  assert.match(stderr, 'error: Stack/four: ');
  assert.match(stderr, `copies of ${plans['four']?.entry.file} are missing or were changed`);
});

test('audit: of all plans, by the copies that the assembly has', async () => {
  const { cwd, plans } = assembly();
  for (const plan of Object.values(plans)) fs.rmSync(plan.entry.root, { recursive: true });
  const { code, stdout, stderr } = await cli(['audit', 'cdk.out'], { cwd });
  assert.equal([code, stderr], [1, '']);
  for (const [name, requirement] of [
    ['one', 'six==1.16.0'],
    ['three', 'idna==3.6'],
  ] as const) {
    const file = path.join(plans[name]?.entry.root ?? '', 'requirements.txt');
    assert.match(stdout, `Stack/${name}: ${file}:1: ${requirement} has no hash`);
  }
  assert.not.match(stdout, 'not on this machine');
  assert.match(stdout, '3 found in 4 plans');
});

test('a plan of a newer library, or with what this one does not know: nothing is made of any', async () => {
  const { cwd, plans } = assembly();
  const one = plans['one'];
  const file = path.join(cwd, `cdk.out/cdk-lambda-python/${one?.hash.asset}.json`);
  for (const [change, said] of [
    [{ version: 2 }, /it was made by a newer version of cdk-lambda-python\. Run the version/],
    [{ colour: 'red' }, /colour/],
    [{ install: { ...one?.install, executor: 'cloud' } }, /executor/],
  ] as const) {
    fs.writeFileSync(file, JSON.stringify({ plan: { ...one, ...change }, variables: [] }));
    for (const argv of [
      ['package', file],
      ['run', 'cdk.out'],
      ['plan', 'cdk.out'],
      ['audit', 'cdk.out'],
    ]) {
      const { code, stdout, stderr } = await cli(argv, { cwd });
      assert.equal([code, stdout], [1, ''], argv.join(' '));
      assert.match(stderr, said);
      assert.match(stderr, file);
      assert.match(
        stderr,
        'The plan may have been changed by hand, or made by another (newer) version of cdk-lambda-python.',
      );
    }
  }
  assert.equal(
    fs.readdirSync(path.join(cwd, 'cdk.out')).filter((name) => name.startsWith('asset.')),
    [],
  );
});

test('what cannot be', async () => {
  const { cwd, plans } = assembly();
  const errorOf = async (...argv: readonly string[]): Promise<string> => {
    const { code, stderr } = await cli(argv, { cwd });
    assert.is(code, 1, argv.join(' '));
    return stderr;
  };
  for (const shard of ['3/2', '0/2', '0/5', '6/5', '1/0', 'a/b', 'x']) {
    assert.match(
      await errorOf('run', 'cdk.out', '--shard', shard),
      `error: The shard "${shard}" must be two whole numbers, such as 2/5`,
    );
  }
  writeTree(cwd, { 'one.py': 'def lambda_handler(event, context):\n    pass\n', 'plan.json': '{}' });
  assert.match(
    await errorOf('plan', 'one.py', '--format', 'matrix'),
    'one.py is no cloud assembly with plans',
  );
  assert.match(await errorOf('run', 'plan.json'), 'The bundle has no destination.');
  assert.match(
    await errorOf('run', 'plan.json', '--out', 'x', '--shard', '1/2'),
    '--shard is for a cloud assembly',
  );
  fs.writeFileSync(path.join(cwd, `cdk.out/cdk-lambda-python/${plans['one']?.hash.asset}.json`), '{');
  assert.match(await errorOf('run', 'cdk.out'), 'is not a plan that can be run: it is not JSON');
  fs.rmSync(path.join(cwd, 'cdk.out/Stack.assets.json'));
  assert.match(await errorOf('run', 'cdk.out'), 'cdk.out holds no plans');
});

test('run: plans with commands run where that is allowed alone; what the CDK CLI starts trusts its assembly', async () => {
  const ran = path.join(temporaryFolder(), 'ran');
  const { cwd, plans } = assembly('host', { hooks: { before: [`touch ${ran}`], after: [] } });
  const refused = await cli(['run', 'cdk.out'], { cwd });
  assert.is(refused.code, 1);
  const lines = Object.keys(REQUIREMENTS).map((name) => `  Stack/${name}: touch ${ran}`);
  assert.match(refused.stderr, /^error: cdk\.out has plans with commands of their own:$/m);
  for (const line of lines) assert.ok(refused.stderr.split('\n').includes(line), refused.stderr);
  assert.match(refused.stderr, /^Say --allow-commands to run them\.$/m);
  assert.is(fs.existsSync(ran), false);
  const allowed = await cli(['run', 'cdk.out', '--allow-commands'], { cwd });
  assert.is(allowed.code, 0, allowed.stderr);
  assert.is(fs.existsSync(ran), true);
  fs.rmSync(ran);
  const four = plans['four'];
  fs.rmSync(four?.output.path ?? '', { force: true });
  const plan = path.join('cdk.out/cdk-lambda-python', `${four?.hash.asset ?? ''}.json`);
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const { code, stderr } = await cli(['package', plan], { cwd, environment });
  assert.is(code, 0, stderr);
  assert.is(fs.existsSync(ran), true);
});

test.run();
