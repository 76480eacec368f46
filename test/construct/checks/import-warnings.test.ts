import * as fs from 'node:fs';
import * as path from 'node:path';
import { Annotations as Told, Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonLayerVersion } from '../../../src/construct/index';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { functionIn, processesOf, realApp, recordingApp, withEnvironment } from '../support/app';
import { environment, folderOf, HEAD, synth, warnings } from '../support/told-imports';

const test = suite('import warnings');

test('a missing import is one warning with its file, its line and the distribution that provides it', () => {
  const entry = folderOf({
    'index.py': 'import os\nimport boto3\nimport helper\n\ndef handler(event, context):\n    import gone\n',
    'helper.py': '# c\nimport yaml\nfrom requests import get\n',
  });
  const told = synth((stack) => functionIn(stack, 'Orders', { entry }));
  assert.equal(told, [
    "/Stack/Orders 2 imports were not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      `  ${entry}/helper.py:2 imports yaml. PyYAML provides it: add that to a requirements.txt beside the entry.\n` +
      `  ${entry}/helper.py:3 imports requests. requests provides it: add that to a requirements.txt beside the entry.`,
  ]);
});

test('what is installed is found, and what is not is told with the file to add it to', () => {
  const entry = folderOf({
    'index.py': 'import six, idna.core\nimport jwt\nimport pyyaml\ndef handler(event, context): pass\n',
    'requirements.txt': 'six==1.17.0\nidna==3.10\n',
  });
  const told = synth((stack) => functionIn(stack, 'Orders', { entry }));
  assert.equal(told, [
    `/Stack/Orders 2 imports ${HEAD.replace('was', 'were')}\n  ${entry}/index.py:2 imports jwt. PyJWT provides it: add that to ${entry}/requirements.txt.\n  ${entry}/index.py:3 imports pyyaml. That is the name of the distribution. It is imported as yaml.`,
  ]);
});

test('a name that is nearly that of a declared distribution, and a module that an own folder lacks, are told as such', () => {
  const entry = folderOf({
    'index.py':
      'import sxi\nimport Idna\nimport helper.nope\nfrom helper.deep import more\nimport one.two\nimport far\ndef handler(event, context): pass\n',
    'requirements.txt': 'six==1.17.0\nidna==3.10\n',
    'helper/__init__.py': '',
    'helper/deep/a.py': '',
    'one.py': '',
  });
  const told = synth((stack) => functionIn(stack, 'Orders', { entry }));
  const line = (number: number, name: string, advice: string): string =>
    `\n  ${entry}/index.py:${number} imports ${name}. ${advice}`;
  const near = (name: string, meant: string): string =>
    `Perhaps you mean ${meant}, which ${entry}/requirements.txt has. Otherwise add the distribution that provides ${name}.`;
  const own = (place: string): string =>
    `${entry}/${place} is your own, but has no such module. Fix the name, or add the file.`;
  assert.equal(told, [
    "/Stack/Orders 6 imports were not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:" +
      line(1, 'sxi', `Add the distribution that provides it to ${entry}/requirements.txt.`) +
      line(2, 'Idna', near('Idna', 'idna')) +
      line(3, 'helper.nope', own('helper')) +
      line(4, 'helper.deep.more', own('helper/deep')) +
      line(5, 'one.two', own('one.py')) +
      line(6, 'far', `Add the distribution that provides it to ${entry}/requirements.txt.`),
  ]);
});

test('the module of a handler is one of the imports, unless the app sets another handler later', () => {
  const entry = folderOf({
    'index.py': 'def handler(event, context): pass\n',
    'pkg/__init__.py': 'import jwt\n',
  });
  const installs = folderOf({ 'index.py': '', 'requirements.txt': 'idna==3.10\n' });
  const told = synth((stack) => {
    functionIn(stack, 'One', { entry, handler: 'datadog_lambda.handler.handler' });
    const later = functionIn(stack, 'Two', { entry, handler: 'datadog_lambda.handler.handler' });
    (later.node.defaultChild as CfnFunction).handler = 'index.handler';
    functionIn(stack, 'Three', { entry: installs, handler: 'idna.core.handler' });
    functionIn(stack, 'Four', { entry, handler: 'run.sh' });
    functionIn(stack, 'Five', { entry, handler: 'pkg.handler' });
    functionIn(stack, 'Six', { entry, handler: 'index.handler' });
  });
  assert.equal(told, [
    `/Stack/One One import ${HEAD}\n  The handler datadog_lambda.handler.handler is in datadog_lambda. datadog-lambda provides it: add that to a requirements.txt beside the entry.`,
    `/Stack/Five One import ${HEAD}\n  ${entry}/pkg/__init__.py:1 imports jwt. PyJWT provides it: add that to a requirements.txt beside the entry.`,
  ]);
});

test('what is included is the function’s own, and its imports are looked at where it lies', () => {
  const root = folderOf({
    'fn/index.py': 'import common.money\ndef handler(event, context): pass\n',
    'shared/money.py': 'import os\nimport yaml\n',
  });
  const include = [{ from: path.join(root, 'shared'), to: 'common' }];
  const entry = path.join(root, 'fn');
  const told = synth((stack) => functionIn(stack, 'Orders', { entry, bundling: { include } }));
  assert.equal(told, [
    `/Stack/Orders One import ${HEAD}\n  ${root}/shared/money.py:2 imports yaml. PyYAML provides it: add that to a requirements.txt beside the entry.`,
  ]);
});

test('layers of this library are looked into, and others are named', () => {
  const entry = folderOf({
    'index.py': 'import shared, six\nimport idna\ndef handler(event, context): pass\n',
  });
  const layer = folderOf({ 'shared.py': 'import os\nimport attr\n', 'requirements.txt': 'six==1.17.0\n' });
  const runtime = Runtime.PYTHON_3_13;
  const told = synth((stack) => {
    const layers = [
      new PythonLayerVersion(stack, 'Layer', { entry: layer, compatibleRuntimes: [runtime] }),
      LayerVersion.fromLayerVersionArn(stack, 'Other', 'arn:aws:lambda:eu-west-1:123456789012:layer:x:1'),
    ];
    functionIn(stack, 'Orders', { entry, layers, runtime });
  });
  assert.equal(told, [
    "/Stack/Orders 2 imports were not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      `  ${entry}/index.py:2 imports idna. idna provides it: add that to a requirements.txt beside the entry.\n` +
      `  ${layer}/shared.py:2 imports attr. attrs provides it: add that to ${layer}/requirements.txt.\n` +
      'Other layers, such as layers by ARN, are not searched. If one of them has the module, acknowledge this warning.',
  ]);
});

test('what a module of a layer lacks goes into the declaration of the layer', () => {
  const root = folderOf({
    'fn/index.py': 'import shared\ndef handler(event, context): pass\n',
    'fn/requirements.txt': 'six==1.17.0\n',
    'fn/layer/shared.py': 'import idna\n',
  });
  const runtime = Runtime.PYTHON_3_13;
  const told = synth((stack) => {
    const shared = new PythonLayerVersion(stack, 'Layer', {
      entry: `${root}/fn/layer`,
      compatibleRuntimes: [runtime],
    });
    functionIn(stack, 'Orders', { entry: `${root}/fn`, layers: [shared], runtime });
  });
  assert.equal(told, [
    `/Stack/Orders One import was ${HEAD.slice(4)}\n` +
      `  ${root}/fn/layer/shared.py:1 imports idna. idna provides it: add that to ${root}/fn/layer/requirements.txt.`,
  ]);
});

test('modules in a layer of dependencies are found', () => {
  const entry = folderOf({
    'index.py': 'import six\ndef handler(event, context): pass\n',
    'requirements.txt': 'six==1.17.0\n',
  });
  assert.equal(
    synth((stack) => functionIn(stack, 'Orders', { entry, bundling: { dependencies: 'layer' } })),
    [],
  );
});

test('distributions among the sources are installed ones: what they import by choice is not told', () => {
  const entry = folderOf({
    'index.py': 'import vendored\nimport single\ndef handler(event, context): pass\n',
    'vendored/__init__.py': 'import speedups_that_nobody_has\n',
    'single.py': 'import gone\n',
    'vendored-1.0.dist-info/RECORD': 'vendored/__init__.py,,\nvendored-1.0.dist-info/RECORD,,\nsingle.py,,\n',
  });
  assert.equal(
    synth((stack) => functionIn(stack, 'Orders', { entry })),
    [],
  );
});

test('a build with commands is checked as they have left it', () => {
  const entry = folderOf({
    'index.py':
      'import generated\nimport removed\nimport six\nimport kept\ndef handler(event, context): pass\n',
    'removed.py': '',
    'kept.py': 'import yaml\n',
    'requirements.txt': 'six==1.17.0\n',
  });
  const commandHooks = {
    beforeBundling: () => [],
    afterBundling: (_: string, output: string) => [
      `echo > ${output}/generated.py`,
      `rm ${output}/removed.py`,
      `echo 'import jwt' > ${output}/kept.py`,
    ],
  };
  const told = synth((stack) => functionIn(stack, 'Orders', { entry, bundling: { commandHooks } }));
  assert.equal(told, [
    "/Stack/Orders 2 imports were not found in the bundle, in layers that this library makes, or in Lambda's runtime for Python 3.13:\n" +
      `  ${entry}/index.py:2 imports removed. ${entry}/removed.py exists, but it is not in the bundle: \`bundling.exclude\`, a built-in rule or one of your commands leaves it out.\n` +
      `  ${entry}/kept.py:1 imports jwt. PyJWT provides it: add that to ${entry}/requirements.txt.`,
  ]);
});

test('functions that miss the same are told of once, with their paths; another acknowledges it', () => {
  const entry = folderOf({ 'index.py': 'import yaml\ndef handler(event, context): pass\n' });
  const other = folderOf({ 'index.py': 'import jwt\ndef handler(event, context): pass\n' });
  const told = synth((stack) => {
    functionIn(stack, 'One', { entry });
    functionIn(stack, 'Two', { entry });
    const acknowledged = functionIn(stack, 'Three', { entry: other });
    Told.of(acknowledged).acknowledgeWarning('cdk-lambda-python:importNotFound');
  });
  assert.equal(told, [
    `/Stack/One One import ${HEAD}\n  ${entry}/index.py:1 imports yaml. PyYAML provides it: add that to a requirements.txt beside the entry.\n` +
      'The same holds for:\n  Stack/Two',
  ]);
});

test('a function whose bundle is made later is checked at synthesis, where nothing is installed or the store has it', () => {
  const tree = { 'index.py': 'import six\nimport yaml\ndef handler(event, context): pass\n' };
  const plain = folderOf({ 'index.py': 'import yaml\ndef handler(event, context): pass\n' });
  const installing = folderOf({ ...tree, 'requirements.txt': 'six==1.17.0\n' });
  const inPhase = (phase: 'synth' | 'publish') => {
    const stack = new Stack(realApp({ 'cdk-lambda-python:phase': phase }), 'Stack');
    for (const [id, entry] of Object.entries({ Plain: plain, Installing: installing }))
      functionIn(stack, id, { entry });
    return stack;
  };
  withEnvironment(environment(), () => {
    const told = (phase: 'synth' | 'publish') => warnings(inPhase(phase)).map((one) => one.split(' ')[0]);
    assert.equal(told('publish'), ['/Stack/Plain']);
    assert.equal(told('synth'), ['/Stack/Plain', '/Stack/Installing']);
    assert.equal(told('publish'), ['/Stack/Plain', '/Stack/Installing']);
  });
});

test('an executor of the user is checked where nothing is installed, and writes nothing', () => {
  const entry = folderOf({ 'index.py': 'import yaml\ndef handler(event, context): pass\n' });
  const installs = folderOf({
    'index.py': 'import yaml\ndef handler(event, context): pass\n',
    'requirements.txt': 'six==1.17.0',
  });
  const store = temporaryFolder();
  const stack = new Stack(recordingApp().app, 'Stack');
  functionIn(stack, 'One', { entry });
  functionIn(stack, 'Two', { entry: installs });
  const told = withEnvironment({ CDK_LAMBDA_PYTHON_CACHE: store }, () => warnings(stack));
  assert.equal(
    told.map((one) => one.split(' ')[0]),
    ['/Stack/One'],
  );
  assert.equal(fs.readdirSync(store), []);
});

test('a search path of the function, or of its code, leaves open where modules are', () => {
  const entry = folderOf({ 'index.py': 'import yaml\ndef handler(event, context): pass\n' });
  const code = folderOf({
    'index.py':
      'import sys\nsys.path.insert(0, "/mnt/lib")\nimport yaml\ndef handler(event, context): pass\n',
  });
  const told = synth((stack) => {
    functionIn(stack, 'One', { entry, environment: { PYTHONPATH: '/mnt/lib' } });
    functionIn(stack, 'Two', { entry }).addEnvironment('PYTHONPATH', '/mnt/lib');
    functionIn(stack, 'Three', { entry: code });
  });
  assert.equal(told, []);
});

test('an unchanged run reads no source and starts nothing, and says the same; an edit is seen', () => {
  const entry = folderOf({
    'index.py': 'import yaml\nimport six\ndef handler(event, context): pass\n',
    'requirements.txt': 'six==1.17.0',
  });
  const variables = environment();
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const run = (): readonly [readonly string[], readonly string[]] =>
    withEnvironment(variables, () => {
      const app = realApp({}, { outdir });
      const stack = new Stack(app, 'Stack');
      functionIn(stack, 'Orders', { entry });
      let told: readonly string[] = [];
      const started = processesOf(() => {
        told = warnings(stack, entry);
      });
      return [told, started.map(([program]) => path.basename(String(program)))];
    });
  const [first] = run();
  assert.is(first.length, 1);
  const kept = path.join(variables.CDK_LAMBDA_PYTHON_CACHE, 'v4/imports');
  const files = fs.readdirSync(kept).map((name) => path.join(kept, name));
  assert.is(files.length, 2);
  // What was found out is not found out again: the file that says what each module imports is not even needed.
  const [parsed = ''] = files.filter((file) => file.endsWith('.files.json'));
  fs.rmSync(parsed);
  assert.equal(run(), [first, []]);
  assert.is(fs.existsSync(parsed), false);
  writeTree(entry, { 'index.py': 'import os\ndef handler(event, context): pass\n' });
  assert.equal(run()[0], []);
});

test.run();
