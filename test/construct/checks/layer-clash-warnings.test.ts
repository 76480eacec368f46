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

const test = suite('layers that have a module of one name');

type Tree = Readonly<Record<string, string>>;

const made = (
  layers: Readonly<Record<string, Tree>>,
  how: 'layers' | 'addLayers',
  own: Tree = {},
  bundling: PythonFunctionProps['bundling'] = {},
) => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const all = Object.entries(layers).map(
    ([id, tree]) =>
      new PythonLayerVersion(stack, id, { entry: sources(tree), compatibleRuntimes: [Runtime.PYTHON_3_13] }),
  );
  const entry = sources(own);
  const fn = functionIn(stack, 'Fn', { entry, bundling, ...(how === 'layers' ? { layers: all } : {}) });
  if (how === 'addLayers') fn.addLayers(...all);
  const environment = {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    CDK_DOCKER: '/no/docker',
  };
  return { stack, synth: () => withEnvironment(environment, () => app.synth()) };
};

const warnings = ({ stack, synth }: ReturnType<typeof made>): readonly string[] => {
  synth();
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('Two layers'))
    .map(({ entry }) => String(entry.data));
};

const requires = (version: string): Tree => ({
  'requirements.txt': `--no-index\n--find-links ${wheelFolder('sample', { 'sample.py': `V = ${version}\n` }, { version })}\nsample==${version}\n`,
});

test('different content is a warning that says which layer comes later; texts and the same content are not', () => {
  const text = (path: string): string =>
    `Two layers of the function have a module with the same name and different content, and Lambda unpacks the later layer over the earlier: python/${path} of Stack/B replaces that of Stack/A. Declare the same versions in both, or rename one of the modules. [ack: cdk-lambda-python:layersClash]`;
  for (const how of ['layers', 'addLayers'] as const) {
    assert.equal(warnings(made({ A: requires('1'), B: requires('2') }, how)), [text('sample.py')]);
    assert.equal(warnings(made({ A: { 'own/x.py': '1' }, B: { 'own/x.py': '2' } }, how)), [text('own/x.py')]);
  }
  assert.equal(warnings(made({ A: { 'own/x.py': '1' }, B: { 'own/x.py': '1' } }, 'layers')), []);
  assert.equal(warnings(made({ A: { 'own/x.txt': '1' }, B: { 'own/x.txt': '2' } }, 'layers')), []);
});

test("a layer's module over one of the function's modules in their layer is an error", () => {
  const bundling = { dependencies: 'layer' } as const;
  const later = made({ B: { 'sample.py': '' } }, 'addLayers', requires('1'), bundling);
  assert.match(
    messageOf(later.synth),
    /\[Stack\/Fn\] The layer Stack\/B and the layer with this function's modules \(Stack\/\S+\) both have python\/sample\.py, with different content\. Lambda unpacks Stack\/B over it, because the function lists Stack\/B later\. Pass it in `layers` instead of `addLayers`, rename the module, or set `bundling\.dependencies` to "bundle"\./,
  );
  const [earlier = '', ...others] = warnings(
    made({ B: { 'sample.py': '' } }, 'layers', requires('1'), bundling),
  );
  assert.match(earlier, /python\/sample\.py of Stack\/\S+ replaces that of Stack\/B\./);
  assert.equal(others, []);
  assert.equal(warnings(made({ B: { 'sample.py': '' } }, 'addLayers', requires('1'))), []);
});

test.run();
