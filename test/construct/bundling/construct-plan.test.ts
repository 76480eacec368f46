import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction, PythonLayerVersion } from '../../../src/construct/index';
import { folderOf } from '../../exec/support/requests';
import { functionIn, messageOf, realApp, recordingStack, sources } from '../support/app';
import { inLayer } from '../support/layers';

const test = suite('the plan of a construct');

const PYTHON_3_13 = lambda.Runtime.PYTHON_3_13;

const layerIn = (stack: Stack): PythonLayerVersion =>
  new PythonLayerVersion(stack, 'Layer', {
    entry: folderOf({ 'words.py': '' }),
    compatibleRuntimes: [PYTHON_3_13],
  });

const notOurs = (path: string): string =>
  `${path} is not a PythonFunction of cdk-lambda-python, or was made by a version of it with another plan format. Pass the object that "new PythonFunction" returned. An alias, a version and an imported function have no plan.`;

test('a function that this library did not make has no plan, and the error names the function', () => {
  const stack = recordingStack();
  const fn = functionIn(stack, 'Ours');
  const plain = new lambda.Function(stack, 'Plain', {
    runtime: PYTHON_3_13,
    handler: 'index.handler',
    code: lambda.Code.fromInline('pass'),
  });
  const imported = lambda.Function.fromFunctionName(stack, 'Imported', 'name');
  for (const other of [plain, imported, fn.currentVersion, fn.addAlias('live')])
    assert.is(
      messageOf(() => PythonFunction.planOf(other)),
      notOurs(other.node.path),
    );
  for (const other of [layerIn(stack), undefined, null, 1])
    assert.is(
      messageOf(() => PythonFunction.planOf(other as unknown as PythonFunction)),
      notOurs(other instanceof PythonLayerVersion ? 'Stack/Layer' : String(other)),
    );
});

test('a layer that this library did not make has no plan, and the error names the layer', () => {
  const stack = recordingStack();
  const imported = lambda.LayerVersion.fromLayerVersionArn(stack, 'Imported', 'arn:aws:lambda:::layer:a:1');
  const fn = functionIn(stack, 'Fn') as unknown as PythonLayerVersion;
  for (const [path, other] of [
    ['Stack/Imported', imported],
    ['Stack/Fn', fn],
  ] as const)
    assert.is(
      messageOf(() => PythonLayerVersion.planOf(other)),
      `${path} is not a PythonLayerVersion of cdk-lambda-python, or was made by a version of it with another plan format. Pass the object that "new PythonLayerVersion" returned, or the "dependenciesLayer" of a PythonFunction. An imported layer has no plan.`,
    );
});

test('the layer of a function’s modules has one', () => {
  const fn = inLayer(recordingStack(), 'Fn');
  const plan = PythonLayerVersion.planOf(fn.dependenciesLayer as lambda.ILayerVersion);
  assert.is(plan.hash.dependencies, PythonFunction.planOf(fn).hash.dependencies);
});

/** A second copy of this library, as where two packages of an app each bring their own: the built one. */
const otherCopy = (): {
  readonly PythonFunction: typeof PythonFunction;
  readonly PythonLayerVersion: typeof PythonLayerVersion;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
} => require('../../../lib/construct/index.js') as ReturnType<typeof otherCopy>;

test('another copy of the library reads the plan, and a function knows what is in a layer of another copy', () => {
  const other = otherCopy();
  assert.is.not(other.PythonFunction, PythonFunction);
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layer = layerIn(stack);
  const fn = new other.PythonFunction(stack, 'Fn', {
    entry: sources({ 'index.py': 'import words\nimport absent\ndef handler(event, context):\n    pass\n' }),
    layers: [layer],
  });
  app.synth();
  assert.is(PythonFunction.planOf(fn), other.PythonFunction.planOf(fn));
  assert.is(PythonFunction.planOf(fn).label, 'Stack/Fn');
  assert.is(other.PythonLayerVersion.planOf(layer), PythonLayerVersion.planOf(layer));
  const said = Annotations.fromStack(stack).findWarning('/Stack/Fn', Match.anyValue());
  assert.equal(
    said.map(
      ({ entry }) =>
        String(entry.data)
          .replace(/ \S*index/, ' index')
          .split(' Add ')[0],
    ),
    [
      "One import was not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n  index.py:2 imports absent.",
    ],
  );
});

test('the plan is no property that a copy or a loop over a construct sees', () => {
  const fn = functionIn(recordingStack(), 'Fn');
  const seen = Object.getOwnPropertySymbols({ ...fn }).map(String);
  assert.equal(
    seen.filter((name) => name.includes('cdk-lambda-python')),
    [],
  );
});

test.run();
