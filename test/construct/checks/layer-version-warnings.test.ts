import type { App } from 'aws-cdk-lib';
import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PythonFunctionProps } from '../../../src/construct/index';
import { PythonLayerVersion } from '../../../src/construct/index';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { wheelFolder } from '../../support/wheel';
import { functionIn, messageOf, realApp, sources, withEnvironment } from '../support/app';

const test = suite('versions of a function and of its layers');

const [OLD, NEW] = ['1', '2'].map((version) => wheelFolder('sample', { 'sample.py': '' }, { version })) as [
  string,
  string,
];

/** A folder that requires a version of `sample`. */
const requiring = (version: '1' | '2'): string =>
  sources({
    'requirements.txt': `--no-index\n--find-links ${version === '1' ? OLD : NEW}\nsample==${version}\n`,
  });

const made = (
  layerVersion: '1' | '2',
  how: 'layers' | 'addLayers',
  bundling: PythonFunctionProps['bundling'] = {},
  entry = requiring('2'),
): { readonly app: App; readonly stack: Stack } => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layer = new PythonLayerVersion(stack, 'Layer', {
    entry: requiring(layerVersion),
    compatibleRuntimes: [Runtime.PYTHON_3_13],
  });
  const fn = functionIn(stack, 'Fn', { entry, bundling, ...(how === 'layers' ? { layers: [layer] } : {}) });
  if (how === 'addLayers') fn.addLayers(layer);
  return { app, stack };
};

const run = <A>(body: () => A): A =>
  withEnvironment(
    {
      ...environmentWith({ uv: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
      CDK_DOCKER: '/no/docker',
    },
    body,
  );

const warningsOf = ({ app, stack }: ReturnType<typeof made>): readonly string[] => {
  run(() => app.synth());
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('different versions'))
    .map(({ id, entry }) => `${id} ${String(entry.data)}`);
};

test("a layer with another version: the function's own comes first, and a warning names both", () => {
  for (const how of ['layers', 'addLayers'] as const) {
    const [warning = '', ...others] = warningsOf(made('1', how));
    assert.equal(others, []);
    assert.match(
      warning,
      /^\/Stack\/Fn The function and its layer have different versions, and Python imports the function's own: sample 2 \(\S*requirements\.txt\) comes before sample 1 of the layer Stack\/Layer \(\S*requirements\.txt\)\. Declare the same versions, or leave one of the declarations out\. \[ack: cdk-lambda-python:otherVersionInLayer\]$/,
    );
  }
});

test('the same version, and a function that declares nothing, are in order', () => {
  assert.equal(warningsOf(made('2', 'layers')), []);
  assert.equal(warningsOf(made('1', 'layers', {}, sources())), []);
});

test('modules in a layer of their own: one that comes before is unpacked first, one that comes later is an error', () => {
  const bundling = { dependencies: 'layer' } as const;
  assert.is(warningsOf(made('1', 'layers', bundling)).length, 1);
  assert.equal(warningsOf(made('2', 'addLayers', bundling)), []);
  const { app } = made('1', 'addLayers', bundling);
  assert.match(
    messageOf(() => run(() => app.synth())),
    /\[Stack\/Fn\] The layer Stack\/Layer has sample 1 \(\S*requirements\.txt\), and the layer with this function's modules has sample 2 \(\S*requirements\.txt\)\. Lambda unpacks Stack\/Layer over it, because the function lists Stack\/Layer later\. Pass it in `layers` instead of `addLayers`, declare the same version for both, or set `bundling\.dependencies` to "bundle"\./,
  );
});

test.run();
