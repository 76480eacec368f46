import * as fs from 'node:fs';
import * as path from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ASSET_RESOURCE_METADATA_ENABLED_CONTEXT, BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PythonLayerVersionProps } from '../../src/construct/index';
import { PythonFunction, PythonLayerVersion } from '../../src/construct/index';
import { RUNTIME_CONTEXT_KEY } from '../../src/plan/runtime/runtime-choice';
import { temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import {
  functionIn,
  messageOf,
  nothingInstalled,
  processesOf,
  realApp,
  recordingApp,
  recordingStack,
  stacks,
  warningIds,
  withEnvironment,
} from './support/app';
import * as users from './fixtures/stacks/users';

const { PYTHON_3_12, PYTHON_3_13 } = lambda.Runtime;

const folder = (tree: Readonly<Record<string, string>> = {}): string => {
  const made = temporaryFolder();
  writeTree(made, { 'words.py': 'WORD = "word"\n', ...tree });
  return made;
};

const layerIn = (stack: Stack, props: Partial<PythonLayerVersionProps> = {}): PythonLayerVersion =>
  new PythonLayerVersion(stack, 'Shared', { entry: folder(), ...props });

/** The only layer in a stack's template. */
const layerOf = (stack: Stack): Readonly<Record<string, unknown>> => {
  const found = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::LayerVersion'));
  if (found.length !== 1) throw new Error(`expected one layer, found ${found.length}`);
  return found[0] as Readonly<Record<string, unknown>>;
};

const template = suite('PythonLayerVersion: template');

template('its architecture and its runtime are said, also where nobody has said them', () => {
  const stack = recordingStack();
  const plan = PythonLayerVersion.planOf(layerIn(stack));
  assert.equal(layerOf(stack)['Properties'], {
    CompatibleArchitectures: ['x86_64'],
    CompatibleRuntimes: ['python3.13'],
    Content: {
      S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' },
      S3Key: `${plan.hash.asset}.zip`,
    },
  });
  assert.is(plan.label, 'Stack/Shared');
  assert.equal([plan.kind, plan.output.prefix], ['layer', 'python']);
});

template('all that a layer of CDK’s own can be told', () => {
  const stack = recordingStack();
  const plan = PythonLayerVersion.planOf(
    layerIn(stack, {
      compatibleRuntimes: [PYTHON_3_12, PYTHON_3_13],
      compatibleArchitectures: [lambda.Architecture.ARM_64, lambda.Architecture.X86_64],
      layerVersionName: 'words',
      description: 'Words',
      license: 'MIT',
      removalPolicy: RemovalPolicy.RETAIN,
    }),
  );
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = layerOf(stack) as {
    Properties: Record<string, unknown>;
    DeletionPolicy: string;
    UpdateReplacePolicy: string;
  };
  assert.equal(Properties, {
    Content: Properties['Content'],
    CompatibleArchitectures: ['arm64', 'x86_64'],
    CompatibleRuntimes: ['python3.12', 'python3.13'],
    Description: 'Words',
    LayerName: 'words',
    LicenseInfo: 'MIT',
  });
  assert.equal([DeletionPolicy, UpdateReplacePolicy], ['Retain', 'Retain']);
  assert.equal([plan.runtime.name, plan.runtime.architecture], ['python3.12', 'arm64']);
  assert.equal(plan.alsoFor, { runtimes: ['python3.13'], architectures: ['x86_64'] });
});

template('sam local is told where it is, as of a layer of CDK’s own', () => {
  const stack = recordingStack({ [ASSET_RESOURCE_METADATA_ENABLED_CONTEXT]: true });
  const plan = PythonLayerVersion.planOf(layerIn(stack));
  assert.equal(layerOf(stack)['Metadata'], {
    'aws:asset:path': path.basename(plan.output.path),
    'aws:asset:is-bundled': true,
    'aws:asset:property': 'Content',
  });
});

const entries = suite('PythonLayerVersion: entry');

entries('a folder relative to the file that defines it, also where a class in another file does', () => {
  const api = path.join(stacks, 'api');
  assert.is(PythonLayerVersion.planOf(users.layerBySubclass(recordingStack())).entry.root, api);
  assert.equal(
    PythonLayerVersion.planOf(users.layerBySubclass(recordingStack())).sources.map((source) => source.path),
    ['index.py', 'inner/other.py'],
  );
});

entries('what is wrong stands under its path, and the template has a layer all the same', () => {
  for (const [entry, message] of [
    [
      '/no/such/folder',
      /^ {2}\[Stack\/Shared\] The folder of this layer does not exist\. Looked for:\n {2}- \/no\/such\/folder\n/,
    ],
    [path.join(folder(), 'words.py'), /^ {2}\[Stack\/Shared\] The entry .* is a file, not a folder\./],
    [temporaryFolder(), /^ {2}\[Stack\/Shared\] Nothing in .* goes into the layer/],
  ] as const) {
    const { app, executor } = recordingApp();
    const stack = new Stack(app, 'Stack');
    const layer = layerIn(stack, { entry });
    functionIn(stack, 'Fn', { layers: [layer] });
    const said = messageOf(() => app.synth()).replace('Validation failed with the following errors:\n', '');
    assert.match(said, message);
    assert.is(
      messageOf(() => PythonLayerVersion.planOf(layer)),
      said.replace('  [Stack/Shared] ', ''),
    );
    assert.is(executor.plans.length, 1);
  }
});

entries('without a runtime from anywhere: an error, never an old one', () => {
  const { app } = recordingApp({ [RUNTIME_CONTEXT_KEY]: undefined });
  layerIn(new Stack(app, 'Stack'));
  assert.match(
    messageOf(() => app.synth()),
    /\[Stack\/Shared\] Nothing names the runtime of this layer\. Set `compatibleRuntimes`/,
  );
  const bare = recordingStack({ [RUNTIME_CONTEXT_KEY]: undefined });
  const layer = layerIn(bare, { entry: folder({ '.python-version': '3.12\n' }), compatibleRuntimes: [] });
  assert.is(PythonLayerVersion.planOf(layer).runtime.name, 'python3.12');
  assert.equal(warningIds(bare), []);
});

const bundles = suite('PythonLayerVersion: bundle');

bundles('it is made with the functions, under python/', () => {
  const app = realApp();
  const stack = new Stack(app, 'Stack');
  const layer = layerIn(stack, { bundling: { bytecode: 'off' } });
  const fn = functionIn(stack, 'Fn', { layers: [layer], bundling: { bytecode: 'off' } });
  withEnvironment(nothingInstalled(), () => app.synth());
  assert.equal(fs.readdirSync(unpack(PythonLayerVersion.planOf(layer).output.path), { recursive: true }), [
    'python',
    'python/words.py',
  ]);
  assert.ok(fs.existsSync(PythonFunction.planOf(fn).output.path));
});

bundles('nothing runs for a stack that CDK does not bundle, and the hash is the same', () => {
  const entry = folder();
  const hash = PythonLayerVersion.planOf(layerIn(recordingStack(), { entry })).hash.asset;
  const app = realApp({ [BUNDLING_STACKS]: [] });
  const layer = layerIn(new Stack(app, 'Stack'), { entry });
  assert.equal(
    processesOf(() => app.synth()),
    [],
  );
  assert.is(PythonLayerVersion.planOf(layer).hash.asset, hash);
  assert.not.ok(fs.existsSync(PythonLayerVersion.planOf(layer).output.path));
});

for (const part of [template, entries, bundles]) part.run();
