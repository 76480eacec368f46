import * as fs from 'node:fs';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { carriedPlan } from '../../src/exec/assembly/carry-plan';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { functionIn, functionProperties, messageOf, processesOf, realApp, sources } from './support/app';

const test = suite('bundles that are made when they are published');

const publish = { bundling: { phase: 'publish' } } as const;

interface FileAsset {
  readonly source: { readonly path?: string; readonly executable?: readonly string[] };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

/** The file asset of a plan, as the CDK CLI reads it. */
const assetOf = (app: App, { hash }: BundlePlan): FileAsset => {
  const file = path.join(app.outdir, 'Stack.assets.json');
  const { files } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    readonly files: Readonly<Record<string, FileAsset>>;
  };
  const asset = files[hash.asset];
  if (asset === undefined) throw new Error(`no asset ${hash.asset}`);
  return asset;
};

const keysOf = ({ destinations }: FileAsset): readonly string[] =>
  Object.values(destinations).map(({ objectKey }) => objectKey);

test('the synthesis installs nothing, and registers the command that makes the bundle', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources({ 'requirements.txt': 'six==1.16.0\n' });
  const plan = PythonFunction.planOf(functionIn(stack, 'One', { entry, ...publish }));
  assert.equal(
    processesOf(() => app.synth()),
    [],
  );
  assert.not(fs.existsSync(plan.output.path));
  const asset = assetOf(app, plan);
  const { executable } = asset.source;
  assert.equal(asset.source, { executable });
  assert.equal(executable, ['npx', '--no-install', 'cdk-lambda-python', 'package', carriedPlan(plan)]);
  assert.ok(fs.existsSync(carriedPlan(plan)));
  // CDK gives what a command makes a key without an ending.
  assert.equal(keysOf(asset), [plan.hash.asset]);
});

test('the hash is that of the other phase', () => {
  const entry = sources({ 'requirements.txt': 'six==1.16.0\n' });
  const hashes = [{}, publish].map(
    (props) =>
      PythonFunction.planOf(functionIn(new Stack(realApp(), 'Stack'), 'One', { entry, ...props })).hash,
  );
  assert.equal(hashes[0], hashes[1]);
});

test('a plan below the current folder is named as seen from it: it holds where the assembly is carried', () => {
  const current = process.cwd();
  const app = realApp();
  try {
    process.chdir(path.dirname(app.outdir));
    const plan = PythonFunction.planOf(functionIn(new Stack(app, 'Stack'), 'One', publish));
    app.synth();
    const { executable = [] } = assetOf(app, plan).source;
    assert.is(executable.at(-1), `cdk.out/cdk-lambda-python/${plan.hash.asset}.json`);
  } finally {
    process.chdir(current);
  }
});

test('a whole app, by its context; a function may say otherwise', () => {
  const app = realApp({ 'cdk-lambda-python:phase': 'publish' });
  const stack = new Stack(app, 'Stack');
  const one = functionIn(stack, 'One');
  const entry = sources({ 'index.py': 'def lambda_handler(event, context):\n    return 2\n' });
  const two = functionIn(stack, 'Two', { entry, bundling: { phase: 'synth' } });
  app.synth();
  assert.ok(assetOf(app, PythonFunction.planOf(one)).source.executable);
  assert.is(
    assetOf(app, PythonFunction.planOf(two)).source.path,
    path.basename(PythonFunction.planOf(two).output.path),
  );
  assert.ok(fs.existsSync(PythonFunction.planOf(two).output.path));
});

test('nothing is carried where CDK asks for no bundles', () => {
  const app = realApp({ 'aws:cdk:bundling-stacks': [] });
  const plan = PythonFunction.planOf(functionIn(new Stack(app, 'Stack'), 'One', publish));
  app.synth();
  assert.not(fs.existsSync(path.dirname(carriedPlan(plan))));
});

test('names of variables are carried, and no value', () => {
  const app = realApp();
  const entry = sources({ 'requirements.txt': 'six==1.16.0\n' });
  const bundling = { phase: 'publish', environment: { INDEX_TOKEN: 'a-secret-value' } } as const;
  const plan = PythonFunction.planOf(functionIn(new Stack(app, 'Stack'), 'One', { entry, bundling }));
  app.synth();
  const text = fs.readFileSync(carriedPlan(plan), 'utf8');
  assert.equal((JSON.parse(text) as { readonly variables: unknown }).variables, ['INDEX_TOKEN']);
  assert.not.match(text, 'a-secret-value');
});

test('a file that changes after it was planned is a validation error', () => {
  const app = realApp();
  const entry = sources();
  const plan = PythonFunction.planOf(functionIn(new Stack(app, 'Stack'), 'One', { entry, ...publish }));
  fs.appendFileSync(path.join(entry, 'index.py'), '# edited\n');
  assert.match(
    messageOf(() => app.synth()),
    `[Stack/One] ${plan.entry.file} changed while the bundle was made. Synthesize again.`,
  );
});

test('what does not go with it', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  functionIn(stack, 'A', { bundling: { phase: 'publish', packaging: 'directory' } });
  functionIn(stack, 'B', { bundling: { phase: 'publish', executor: { execute: () => [] } } });
  functionIn(stack, 'C', { bundling: { phase: 'deploy' as 'publish' } });
  const message = messageOf(() => app.synth());
  for (const line of [
    '[Stack/A] `bundling.packaging` is "directory", but must be "zip" in the phase "publish".',
    '[Stack/B] `bundling.executor` is "an object", but must be "auto", "host" or "docker" in the phase "publish", where a separate process makes bundles.',
    '[Stack/C] `bundling.phase` is "deploy", but must be one of "synth", "publish".',
  ]) {
    assert.match(message, line);
  }
});

test('a wrong phase in the context is told as what it is', () => {
  const app = realApp({ 'cdk-lambda-python:phase': 'later' });
  functionIn(new Stack(app, 'Stack'), 'One');
  assert.match(
    messageOf(() => app.synth()),
    'The context key `cdk-lambda-python:phase` is "later", but must be one of synth, publish.',
  );
});

test('layers are made when they are published as well', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources({ 'requirements.txt': 'six==1.16.0\n' });
  const bundling = { phase: 'publish', dependencies: 'layer' } as const;
  const fn = functionIn(stack, 'One', { entry, bundling });
  assert.equal(
    processesOf(() => app.synth()),
    [],
  );
  const folder = path.dirname(carriedPlan(PythonFunction.planOf(fn)));
  assert.is(fs.readdirSync(folder).filter((name) => name.endsWith('.json')).length, 2);
  assert.is(functionProperties(stack)['Runtime'], 'python3.13');
});

test.run();
