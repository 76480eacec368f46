import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BundleExecutors, PythonFunction } from '../../src/construct/index';
import {
  functionIn,
  messageOf,
  realApp,
  recordingApp,
  recordingStack,
  sources,
  warningIds,
} from './support/app';
import type { Resources } from './support/layers';
import { inLayer, layersIn, planOfLayer, SIX } from './support/layers';

/** The layers of a function in the template, by logical id where they are resources. */
const layersOf = (stack: Stack, fn: PythonFunction): readonly unknown[] | undefined => {
  const all = Template.fromStack(stack).findResources('AWS::Lambda::Function') as Resources;
  const layers = all[stack.getLogicalId(fn.node.defaultChild as lambda.CfnFunction)]?.Properties['Layers'];
  return (layers as readonly { readonly Ref?: string }[] | undefined)?.map((layer) => layer.Ref ?? layer);
};

const shared = suite('dependencies in a layer: who shares which');

shared('functions of a stack with the same modules have one layer, which says what it is for', () => {
  const { app, executor } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const functions = [inLayer(stack, 'A'), inLayer(stack, 'B', {}, { ...SIX, 'more.py': '' })];
  const layers = layersIn(stack);
  const [logicalId = ''] = Object.keys(layers);
  assert.is(Object.keys(layers).length, 1);
  const plan = planOfLayer(functions[0] as PythonFunction);
  const id = `PythonDependencies-${plan.hash.content.slice(0, 8)}`;
  assert.is(plan.label, `Stack/${id}`);
  assert.ok(stack.node.tryFindChild(id));
  assert.equal(layers[logicalId]?.Properties, {
    CompatibleArchitectures: ['x86_64'],
    CompatibleRuntimes: ['python3.13'],
    Content: {
      S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' },
      S3Key: `${plan.hash.asset}.zip`,
    },
  });
  for (const fn of functions) assert.equal(layersOf(stack, fn), [logicalId]);
  assert.is(functions[0]?.dependenciesLayer, functions[1]?.dependenciesLayer);
  assert.equal(
    executor.plans.map(({ label }) => label),
    [`Stack/${id}`, 'Stack/A', 'Stack/B'],
  );
});

shared('other modules, another architecture, runtime or stack: another layer', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  inLayer(stack, 'A');
  inLayer(stack, 'Other', {}, { 'requirements.txt': 'idna==3.10\n' });
  inLayer(stack, 'Arm', { architecture: lambda.Architecture.ARM_64 });
  inLayer(stack, 'Older', { runtime: lambda.Runtime.PYTHON_3_12 });
  inLayer(stack, 'Plain', { bundling: { bytecode: 'off' } });
  const [other, nested] = [new Stack(app, 'Second'), new NestedStack(stack, 'Nested')];
  [other, nested].forEach((each) => inLayer(each, 'A'));
  assert.equal(
    [stack, other, nested].map((each) => Object.keys(layersIn(each)).length),
    [5, 1, 1],
  );
  const targets = Object.values(layersIn(stack)).map(
    ({ Properties: { CompatibleArchitectures, CompatibleRuntimes } }) =>
      [CompatibleArchitectures, CompatibleRuntimes].flat().join(' '),
  );
  assert.equal(targets.sort(), [
    'arm64 python3.13',
    'x86_64 python3.12',
    'x86_64 python3.13',
    'x86_64 python3.13',
    'x86_64 python3.13',
  ]);
});

shared('a function without requirements has none, nor has one that holds its modules itself', () => {
  const stack = recordingStack();
  const functions = [
    inLayer(stack, 'None', {}, {}),
    inLayer(stack, 'Comments', {}, { 'requirements.txt': '# none\n' }),
    inLayer(stack, 'Bundled', { bundling: { dependencies: 'bundle' } }),
    functionIn(stack, 'Default', { entry: sources(SIX) }),
  ];
  assert.equal(layersIn(stack), {});
  for (const fn of functions) assert.is(fn.dependenciesLayer, undefined);
});

const someLayers = (stack: Stack, count: number): lambda.ILayerVersion[] =>
  Array.from({ length: count }, (_, index) =>
    lambda.LayerVersion.fromLayerVersionArn(
      stack,
      `L${index}`,
      `arn:aws:lambda:eu-west-1:1:layer:l${index}:1`,
    ),
  );

shared('it comes after the function’s own, of which there may be four', () => {
  const stack = recordingStack();
  const layers = layersOf(stack, inLayer(stack, 'Four', { layers: someLayers(stack, 4) }));
  assert.is(layers?.length, 5);
  assert.is(layers?.at(-1), Object.keys(layersIn(stack))[0]);
});

shared('beside five of the function’s own there is no room for it', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  inLayer(stack, 'Five', { layers: someLayers(stack, 5) });
  assert.is(
    messageOf(() => app.synth()),
    'Validation failed with the following errors:\n  [Stack/Five] `layers` has 5 layers, and a function can have at most 5 (Lambda quotas): there is no room for the layer of its dependencies. Remove one, or set `bundling.dependencies` to "bundle".',
  );
});

shared('warnings are those of the functions', () => {
  const stack = recordingStack({ 'cdk-lambda-python:runtime': undefined });
  const fn = inLayer(stack, 'A');
  assert.is(planOfLayer(fn).runtime.name, 'python3.7');
  assert.equal(warningIds(stack), ['cdk-lambda-python:defaultRuntime']);
});

shared('functions that hold the same are told apart by what their layers are', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const asked: string[] = [];
  BundleExecutors.of(app).use({
    execute: (plans) => {
      asked.push(...plans.map(({ label }) => label));
      return plans.map(({ hash, label, output: { path: place } }) => ({
        asset: hash.asset,
        label,
        outcome:
          label === 'Stack/B'
            ? { _tag: 'Failed', error: { _tag: 'SourceChanged', path: '/x' } }
            : { _tag: 'Bundled', path: place, dependencies: 'none', duration: 0 },
      }));
    },
  });
  const a = inLayer(stack, 'A');
  const b = inLayer(stack, 'B', {}, { 'requirements.txt': 'idna==3.10\n' });
  const c = inLayer(stack, 'C');
  assert.equal(
    [PythonFunction.planOf(b).hash.asset, PythonFunction.planOf(c).hash.asset],
    [PythonFunction.planOf(a).hash.asset, PythonFunction.planOf(a).hash.asset],
  );
  const message = messageOf(() => app.synth());
  assert.equal(asked.sort(), ['Stack/A', 'Stack/B', planOfLayer(a).label, planOfLayer(b).label].sort());
  assert.equal(message.match(/^ {2}\[[^\]]*\]/gm), ['  [Stack/B]']);
});

shared.run();
