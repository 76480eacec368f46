import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Architecture, PythonFunction, Runtime } from '../../src/construct/index';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import {
  functionIn,
  HANDLER,
  messageOf,
  realApp,
  recordingApp,
  recordingStack,
  sources,
} from './support/app';

const versions = suite('PythonFunction: versions');

/** The logical id of the current version of a function from a folder. */
const versionOf = (entry: string, memorySize = 128): string => {
  const stack = recordingStack();
  void new PythonFunction(stack, 'Fn', { entry, memorySize }).currentVersion;
  const ids = Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Version'));
  assert.is(ids.length, 1);
  return String(ids[0]);
};

versions('the current version has another id when a file that ships changes, and else the same', () => {
  const entry = sources({ 'data.json': '{}', 'tests/.env': 'A=1' });
  const id = versionOf(entry);
  assert.match(id, /^FnCurrentVersion[0-9A-F]{8}[0-9a-f]{32}$/);
  assert.is(versionOf(entry), id);
  assert.is(versionOf(sources({ 'data.json': '{}' })), id, 'from another folder');
  fs.writeFileSync(path.join(entry, 'tests/.env'), 'A=2');
  fs.utimesSync(path.join(entry, 'index.py'), 1, 1);
  assert.is(versionOf(entry), id, 'after a change of what does not ship');
  assert.not.equal(versionOf(entry, 256), id, 'with another configuration');
  fs.writeFileSync(path.join(entry, 'data.json'), '[]');
  assert.not.equal(versionOf(entry), id, 'with another file');
});

versions('aliases point to the current version', () => {
  const stack = recordingStack();
  const fn = functionIn(stack, 'Fn');
  fn.addAlias('live', { provisionedConcurrentExecutions: 2 });
  const template = Template.fromStack(stack);
  const [version] = Object.keys(template.findResources('AWS::Lambda::Version'));
  template.hasResourceProperties('AWS::Lambda::Alias', {
    FunctionName: { Ref: 'Fn9270CBC0' },
    FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
    Name: 'live',
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
  });
});

const plans = suite('PythonFunction: plan');

plans('it is known at once, survives JSON, and is what the executor is handed', () => {
  const { app, executor } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const entry = sources({ 'requirements.txt': 'requests==2.32.3\n' });
  const fn = functionIn(stack, 'Fn', { entry, handler: 'lambda_handler' });
  const copy: unknown = JSON.parse(JSON.stringify(PythonFunction.planOf(fn)));
  assert.equal(copy, PythonFunction.planOf(fn));
  assert.ok(isRight(decodePlan(copy)));
  assert.is(PythonFunction.planOf(fn).label, fn.node.path);
  assert.is(
    PythonFunction.planOf(fn).output.path,
    path.join(app.outdir, `asset.${PythonFunction.planOf(fn).hash.asset}.zip`),
  );
  assert.equal(executor.plans, []);
  app.synth();
  assert.is(executor.plans.length, 1);
  assert.is(executor.plans[0], PythonFunction.planOf(fn));
});

plans('where there is none, asking for it says all that is wrong', () => {
  const entry = sources({ 'requirements.txt': '-r a.txt\n-r b.txt\n' });
  const fn = functionIn(new Stack(realApp(), 'Stack'), 'Fn', { entry });
  const text = path.join(entry, 'requirements.txt');
  const lines = ['a', 'b'].map(
    (name, index) =>
      `${text}:${index + 1} includes ${path.join(entry, name)}.txt, which does not exist. Paths after -r and -c are relative to the file that includes them.`,
  );
  assert.is(
    messageOf(() => PythonFunction.planOf(fn)),
    lines.join('\n'),
  );
});

const hashes = suite('PythonFunction: asset hash');
const TREE = {
  'index.py': HANDLER,
  'data/table.csv': 'a,b\n',
  'run.sh': '#!/bin/sh\n',
  'requirements.txt': 'requests==2.32.3\n-r more.txt\n./lib\n',
  'more.txt': 'six==1.17.0\n',
  'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\n',
  'lib/lib.py': 'A = 1\n',
};
const hashOf = (entry: string, props: Readonly<Record<string, unknown>> = {}): string =>
  PythonFunction.planOf(functionIn(recordingStack(), 'Fn', { entry, ...props })).hash.asset;

hashes('it is the same from two folders, with other dates, ids and apps', () => {
  const [one, other] = [sources(TREE), sources(TREE)];
  for (const name of Object.keys(TREE)) fs.utimesSync(path.join(other, name), 1, 1);
  assert.is.not(one, other);
  assert.is(hashOf(one), hashOf(other));
  const inStage = functionIn(new Stack(recordingApp().app, 'OtherStack'), 'Other', { entry: other });
  assert.is(PythonFunction.planOf(inStage).hash.asset, hashOf(one));
});

hashes('it changes with every file that ships or that the installer reads', () => {
  const entry = sources(TREE);
  const known = new Set([hashOf(entry)]);
  const changes = (what: string): void => {
    const hash = hashOf(entry);
    assert.not.ok(known.has(hash), what);
    known.add(hash);
  };
  for (const name of Object.keys(TREE)) {
    fs.appendFileSync(path.join(entry, name), '#\n');
    changes(name);
  }
  fs.chmodSync(path.join(entry, 'run.sh'), 0o755);
  changes('the executable bit');
  fs.renameSync(path.join(entry, 'data/table.csv'), path.join(entry, 'data/other.csv'));
  changes('a name');
  fs.writeFileSync(path.join(entry, 'empty'), '');
  changes('a new file');
});

hashes('it changes with the runtime and the architecture that modules are installed for', () => {
  const entry = sources(TREE);
  const variants = [{}, { runtime: Runtime.PYTHON_3_12 }, { architecture: Architecture.ARM_64 }];
  assert.is(new Set(variants.map((props) => hashOf(entry, props))).size, 3);
  assert.is(hashOf(entry, { memorySize: 1024, description: 'other' }), hashOf(entry));
});

for (const part of [versions, plans, hashes]) part.run();
