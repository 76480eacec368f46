import * as fs from 'node:fs';
import * as path from 'node:path';
import { DockerImage, LegacyStackSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Packaging } from '../../../src/plan/request/bundle-request';
import { BundleExecutors, PythonFunction, RecordingExecutor } from '../../../src/construct/index';
import { temporaryFolder } from '../../support/temporary';
import { unpack } from '../../support/unpack';
import { functionIn, HANDLER, nothingInstalled, realApp, sources, withEnvironment } from '../support/app';

const { PYTHON_3_13 } = lambda.Runtime;

/** A function of CDK's own with a bundle that a program makes: what ours is compared with. */
const ordinaryIn = (scope: Construct, id: string): lambda.Function =>
  new lambda.Function(scope, id, {
    runtime: PYTHON_3_13,
    handler: 'index.lambda_handler',
    code: lambda.Code.fromAsset(sources(), {
      bundling: {
        image: DockerImage.fromRegistry('none'),
        local: {
          tryBundle: (folder) => {
            fs.writeFileSync(path.join(folder, 'index.py'), HANDLER);
            return true;
          },
        },
      },
    }),
  });

const manifests = suite('bundle code: asset manifest');

interface Manifest {
  readonly files: Readonly<
    Record<
      string,
      { readonly displayName: string; readonly source: { readonly path: string; readonly packaging: string } }
    >
  >;
}

/** The folder, packaging and name of every asset but the templates, by hash, as a stack's manifest gives them. */
const assetsOf = (stack: Stack): Readonly<Record<string, readonly string[]>> => {
  const folder = path.resolve(Stage.of(stack)?.outdir ?? '');
  const file = fs.readdirSync(folder).find((name) => name === `${stack.artifactId}.assets.json`);
  const { files } = JSON.parse(fs.readFileSync(path.join(folder, String(file)), 'utf8')) as Manifest;
  return Object.fromEntries(
    Object.entries(files)
      .filter(([, { source }]) => source.packaging === 'zip' || source.path.endsWith('.zip'))
      .map(([hash, { source, displayName }]) => [
        hash,
        [
          path.isAbsolute(source.path) ? 'absolute' : 'relative',
          path.resolve(folder, source.path),
          displayName,
          source.packaging,
        ],
      ]),
  );
};

const packagingInManifest = { zip: 'file', directory: 'zip' };

const leads = (packaging: Packaging): void => {
  const app = realApp();
  const outer = new Stage(app, 'Outer');
  const scopes = [app, outer, new Stage(outer, 'Inner')];
  const made = scopes.map((scope) => {
    const stack = new Stack(scope, 'Stack');
    const fn = functionIn(new Construct(stack, 'Group'), 'Fn', { bundling: { packaging, bytecode: 'off' } });
    const ordinary = ordinaryIn(new Construct(stack, 'Other'), 'Fn');
    return { stack, fn, ordinary };
  });
  withEnvironment(nothingInstalled(), () => app.synth());
  for (const { stack, fn } of made) {
    const { hash, output } = PythonFunction.planOf(fn);
    const { [hash.asset]: own, ...others } = assetsOf(stack);
    assert.equal(own, ['relative', output.path, 'Group/Fn/Code', packagingInManifest[output.packaging]]);
    assert.equal(fs.readdirSync(unpack(output.path)), ['index.py']);
    assert.equal(
      Object.values(others).map(([kind, folder, name]) => [kind, path.dirname(String(folder)), name]),
      [['relative', path.dirname(output.path), 'Other/Fn/Code']],
    );
  }
};

manifests('it leads from its own folder to the bundle, in the app and in nested stages', () => {
  leads('zip');
  leads('directory');
});

manifests('an output folder may be relative', () => {
  const folder = path.join(temporaryFolder(), 'cdk.out');
  const app = realApp({}, { outdir: path.relative('', folder) });
  const stack = new Stack(new Stage(app, 'Stage'), 'Stack');
  const plan = PythonFunction.planOf(functionIn(stack, 'Fn'));
  app.synth();
  assert.is(plan.output.path, path.join(folder, `asset.${plan.hash.asset}.zip`));
  assert.equal(assetsOf(stack), { [plan.hash.asset]: ['relative', plan.output.path, 'Fn/Code', 'file'] });
});

manifests('a stack without an app has a folder of its own', () => {
  const stack = new Stack();
  BundleExecutors.of(stack).use(new RecordingExecutor());
  const plan = PythonFunction.planOf(functionIn(stack, 'Fn', { runtime: PYTHON_3_13 }));
  assert.is(path.dirname(plan.output.path), path.resolve(Stage.of(stack)?.outdir ?? ''));
  assert.equal(Object.values(assetsOf(synthesized(stack)))[0]?.slice(1), [
    plan.output.path,
    'Fn/Code',
    'file',
  ]);
  fs.rmSync(path.dirname(plan.output.path), { recursive: true });
});

const synthesized = (stack: Stack): Stack => {
  Template.fromStack(stack);
  return stack;
};

const metadata = suite('bundle code: metadata for sam local');

/** The metadata of our function and of CDK's own, the hashes in their paths written alike. */
const metadataIn = (context: Readonly<Record<string, unknown>>, inStage: boolean): readonly unknown[] => {
  const app = realApp(context);
  const stack = new Stack(inStage ? new Stage(app, 'Stage') : app, 'Stack');
  const ids = [functionIn(stack, 'Fn'), ordinaryIn(stack, 'Ordinary')].map((fn) =>
    stack.getLogicalId(fn.node.defaultChild as lambda.CfnFunction),
  );
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function');
  return ids.map((id) => {
    const text = JSON.stringify(functions[id]?.['Metadata'] ?? null);
    return JSON.parse(text.replace(/asset\.[0-9a-f]{64}/, 'asset.HASH')) as unknown;
  });
};

metadata('it is what CDK writes, under the same switch', () => {
  const on = { [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true };
  const written = (folder: string): unknown => ({
    'aws:asset:path': folder,
    'aws:asset:is-bundled': true,
    'aws:asset:property': 'Code',
  });
  for (const [inStage, folder] of [
    [false, 'asset.HASH'],
    [true, '../asset.HASH'],
  ] as const) {
    const [own, ordinary] = metadataIn(on, inStage);
    assert.equal(ordinary, written(folder));
    assert.equal(own, written(`${folder}.zip`));
  }
  assert.equal(metadataIn({}, false), [null, null]);
  assert.equal(metadataIn({ [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: false }, false), [null, null]);
});

metadata('the path leads from the template to the bundle', () => {
  const app = realApp({ [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true });
  const stage = new Stage(app, 'Stage');
  const stack = new Stack(stage, 'Stack');
  const fn = functionIn(stack, 'Fn', { bundling: { bytecode: 'off' } });
  app.synth();
  const template = path.join(stage.outdir, stack.templateFile);
  const { Resources } = JSON.parse(fs.readFileSync(template, 'utf8')) as {
    Resources: Record<string, { Metadata?: Record<string, string> }>;
  };
  const found = Object.values(Resources).flatMap(({ Metadata }) => Metadata?.['aws:asset:path'] ?? []);
  assert.equal(
    found.map((relative) => path.resolve(path.dirname(template), relative)),
    [PythonFunction.planOf(fn).output.path],
  );
  assert.equal(fs.readdirSync(unpack(PythonFunction.planOf(fn).output.path)), ['index.py']);
});

const legacy = suite('bundle code: legacy synthesizer');

legacy('the stack has the asset, with what an asset of CDK’s own has', () => {
  const app = realApp();
  const made = [app, new Stage(app, 'Stage')].map((scope) => {
    const stack = new Stack(scope, 'Stack', { synthesizer: new LegacyStackSynthesizer() });
    ordinaryIn(stack, 'Ordinary');
    return { scope, stack, fn: functionIn(stack, 'Fn', { bundling: { bytecode: 'off' } }) };
  });
  const assembly = app.synth();
  for (const { scope, stack, fn } of made) {
    const nested = scope === app ? assembly : assembly.getNestedAssembly('assembly-Stage');
    const { assets } = nested.getStackArtifact(stack.artifactId);
    const { hash, output } = PythonFunction.planOf(fn);
    const own = assets.find(({ id }) => id === hash.asset);
    const other = assets.find((asset) => asset !== own);
    assert.is(assets.length, 2);
    assert.equal(Object.keys(own ?? {}).sort(), Object.keys(other ?? {}).sort());
    assert.equal([own?.packaging, other?.packaging], ['file', 'zip']);
    assert.is(path.resolve(nested.directory, own?.path ?? ''), output.path);
    assert.is(path.dirname(own?.path ?? ''), path.dirname(other?.path ?? ''));
    assert.equal(fs.readdirSync(unpack(output.path)), ['index.py']);
  }
});

for (const part of [manifests, metadata, legacy]) part.run();
