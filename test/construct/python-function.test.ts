import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as constructs from '../../src/construct/index';
import { PythonFunction, Runtime } from '../../src/construct/index';
import type { PythonFunctionProps } from '../../src/construct/index';
import { temporaryFolder } from '../support/temporary';
import { functionIn, functionProperties, HANDLER, messageOf, realApp, withEnvironment } from './support/app';
import { recordingApp, recordingStack, sources, stacks, warningIds } from './support/app';
import { byPath, MyStack } from './fixtures/stacks/stack';
import * as users from './fixtures/stacks/users';

const exported = suite('package: the constructs');

exported('what it has for use at run time', () => {
  const names = [
    ...['Architecture', 'BundleExecutors', 'PythonFunction', 'PythonLayerVersion', 'RecordingExecutor'],
    'Runtime',
  ];
  assert.equal(Object.keys(constructs).sort(), names);
  assert.is(constructs.Runtime, lambda.Runtime);
});

const entries = suite('PythonFunction: entry');

entries("no props: the defining file's name and the id", () => {
  const { app } = recordingApp();
  const stack = new MyStack(app, 'Stack');
  const plan = PythonFunction.planOf(stack.fn);
  assert.is(plan.label, 'Stack/my_handler');
  assert.equal(plan.entry, {
    file: path.join(stacks, 'stack.my_handler.py'),
    root: stacks,
    path: 'stack_my_handler.py',
  });
  assert.equal(functionProperties(stack), {
    Code: {
      S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' },
      S3Key: `${plan.hash.asset}.zip`,
    },
    Handler: 'stack_my_handler.lambda_handler',
    Role: { 'Fn::GetAtt': ['myhandlerServiceRole77891068', 'Arn'] },
    Runtime: 'python3.13',
  });
});

entries('a file: absolute, or relative to the defining file', () => {
  const other = path.join(stacks, 'api/inner/other.py');
  for (const entry of [other, 'api/inner/other.py', './api/../api/inner/other.py']) {
    const stack = recordingStack();
    const plan = PythonFunction.planOf(byPath(stack, { entry, handler: 'second' }));
    assert.equal(plan.entry, { file: other, root: path.dirname(other), path: 'other.py' }, entry);
    assert.is(functionProperties(stack)['Handler'], 'other.second');
  }
});

entries('a folder: index.py, or `index`', () => {
  const cases = [
    [{ entry: 'api' }, 'index.py', 'index.lambda_handler'],
    [{ entry: 'api', index: 'inner/other.py', handler: 'first' }, 'inner/other.py', 'inner.other.first'],
    [{ entry: path.join(stacks, 'api') }, 'index.py', 'index.lambda_handler'],
  ] as const;
  for (const [props, file, handler] of cases) {
    const stack = recordingStack();
    const plan = PythonFunction.planOf(byPath(stack, props));
    assert.equal(plan.entry, {
      file: path.join(stacks, 'api', file),
      root: path.join(stacks, 'api'),
      path: file,
    });
    assert.is(functionProperties(stack)['Handler'], handler);
  }
});

entries('the file of a subclass or of a factory need not be the stack’s', () => {
  const stack = recordingStack();
  assert.is(
    PythonFunction.planOf(users.bySubclass(stack)).entry.file,
    path.join(stacks, 'users.subclassed.py'),
  );
  assert.is(PythonFunction.planOf(users.byFactory(stack)).entry.file, path.join(stacks, 'users.made.py'));
  assert.is(PythonFunction.planOf(users.byRelativePath(stack)).entry.file, path.join(stacks, 'api/index.py'));
  Template.fromStack(stack).resourcePropertiesCountIs('AWS::Lambda::Function', { MemorySize: 512 }, 2);
});

entries('every path that was tried is told, nearest first', () => {
  const { app, executor } = recordingApp();
  const fn = users.missing(new Stack(app, 'Stack'));
  const tried = ['library/construct', 'users'].map((file) => `\n  - ${path.join(stacks, file)}.missing.py`);
  const message =
    `No Python entry for this function. Looked for:${tried.join('')}\n  - ${__filename.replace(/ts$/, 'missing.py')}\n` +
    'Create one of these files, or set `entry` to the path of the Python file.';
  assert.is(
    messageOf(() => app.synth()),
    `Validation failed with the following errors:\n  [Stack/missing] ${message}`,
  );
  assert.is(
    messageOf(() => PythonFunction.planOf(fn)),
    message,
  );
  assert.equal(executor.plans, []);
});

entries('a wrong `entry`, or wrong properties, are all that is said: nothing is missing', () => {
  for (const [given, message] of [
    [{ entry: 5 }, '`entry` is "5", but must be a text.'],
    ['fn/h.py', '`props` is "fn/h.py", but must be an object with properties.'],
  ] as const) {
    const { app } = recordingApp();
    const fn = new PythonFunction(new Stack(app, 'Stack'), 'Fn', given as PythonFunctionProps);
    assert.is(
      messageOf(() => PythonFunction.planOf(fn)),
      message,
    );
  }
});

entries('an id with a slash is one part of a path, as CDK has it', () => {
  const fn = functionIn(recordingStack(), 'a/b');
  assert.is(PythonFunction.planOf(fn).label, 'Stack/a--b');
  assert.is(fn.node.path, 'Stack/a--b');
});

const handlers = suite('PythonFunction: handler');
handlers('one that the entry does not define is a warning with those it does', () => {
  const stack = recordingStack();
  byPath(stack, { entry: 'api/inner/other.py', handler: 'frist' });
  assert.is(functionProperties(stack)['Handler'], 'other.frist');
  Annotations.fromStack(stack).hasWarning(
    '/Stack/ByPath',
    `The handler "frist" is not defined at the top level of ${path.join(stacks, 'api/inner/other.py')}. ` +
      'The functions it defines: first, second. Set `handler` to one of the names the file defines. ' +
      '[ack: cdk-lambda-python:handlerNotDefined]',
  );
});

handlers('one that the template replaces later is no matter of the entry', () => {
  const stack = recordingStack();
  const [byOverride, byProperty] = ['By override', 'By property', 'As planned'].map(
    (id) => functionIn(stack, id, { handler: 'no' }).node.defaultChild as lambda.CfnFunction,
  );
  byOverride?.addPropertyOverride('Handler', 'run.sh');
  if (byProperty !== undefined) byProperty.handler = 'run.sh';
  Annotations.fromStack(stack).hasNoWarning('/Stack/By override', Match.anyValue());
  Annotations.fromStack(stack).hasNoWarning('/Stack/By property', Match.anyValue());
  Annotations.fromStack(stack).hasWarning('/Stack/As planned', Match.stringLikeRegexp('handlerNotDefined'));
});

handlers('one that an Aspect replaces, or that is a program, is no matter of the entry', () => {
  const stack = new Stack(realApp(), 'Stack');
  const entry = sources({ 'run.sh': '#!/bin/sh\nexec python -m uvicorn index:app\n' });
  const adapter = lambda.LayerVersion.fromLayerVersionArn(
    stack,
    'Adapter',
    'arn:aws:lambda:eu-west-1:753240598075:layer:LambdaAdapterLayerX86:25',
  );
  for (const handler of ['run.sh', 'bin/run.sh', 'no', 'datadog_lambda.handler.handler']) {
    functionIn(stack, `Later ${handler}`, { entry, handler, layers: [adapter] });
  }
  functionIn(stack, 'Program', { entry, handler: 'run.sh', layers: [adapter] });
  functionIn(stack, 'As planned', { entry, handler: 'no', layers: [adapter] });
  const visit = (node: IConstruct): void => {
    if (node instanceof lambda.CfnFunction && node.node.path.includes('Later')) node.handler = 'run.sh';
  };
  Aspects.of(stack).add({ visit });
  assert.equal(
    withEnvironment({ ...process.env, CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() }, () =>
      Annotations.fromStack(stack)
        .findWarning('*', Match.anyValue())
        .map(({ id, entry: { data } }) => `${id} ${/ack: (.*)\]/.exec(String(data))?.[1] ?? ''}`),
    ),
    ['/Stack/As planned cdk-lambda-python:handlerNotDefined'],
  );
});

handlers('a warning about one stands there once, however often the app is synthesized', () => {
  const stack = recordingStack();
  const fn = functionIn(stack, 'Fn', { handler: 'no' });
  const { root } = stack.node;
  for (let run = 0; run < 2; run++) (root as App).synth({ force: true });
  assert.is(fn.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').length, 1);
});

handlers('a full one passes through; that nothing has its module is a warning', () => {
  const stack = recordingStack();
  byPath(stack, { entry: 'api', handler: 'datadog_lambda.handler.handler' });
  assert.is(functionProperties(stack)['Handler'], 'datadog_lambda.handler.handler');
  assert.equal(warningIds(stack), ['cdk-lambda-python:importNotFound']);
});

handlers('one that Lambda does not take is an error', () => {
  const { app } = recordingApp();
  functionIn(new Stack(app, 'Stack'), 'Fn', { handler: 'my handler' });
  assert.match(
    messageOf(() => app.synth()),
    '[Stack/Fn] Lambda does not accept the handler "my handler"',
  );
});

const refused = suite('PythonFunction: what cannot be planned');

refused('layers and other props for the runtime do not throw from the constructor', () => {
  const { app } = recordingApp({ 'cdk-lambda-python:runtime': 'python3.12' });
  const stack = new Stack(app, 'Stack');
  const layers = [
    new lambda.LayerVersion(stack, 'Layer', {
      code: lambda.Code.fromAsset(sources()),
      compatibleRuntimes: [Runtime.PYTHON_3_12],
    }),
  ];
  const snapStart = lambda.SnapStartConf.ON_PUBLISHED_VERSIONS;
  const fn = new PythonFunction(stack, 'Fn', { entry: '/no/such/file.py', layers, snapStart });
  assert.is(fn.runtime, Runtime.PYTHON_3_12);
  fn.addEnvironment('A', 'b');
  fn.addAlias('live');
  assert.is(
    messageOf(() => app.synth()),
    'Validation failed with the following errors:\n  [Stack/Fn] The entry does not exist. Looked for:\n  - /no/such/file.py\n' +
      'Set `entry` to a Python file, or to a folder that holds `index` (default index.py).',
  );
});

refused('all that is wrong with a function is told at once', () => {
  const entry = sources({ 'requirements.txt': '-r missing.txt\n./missing\n', 'a b/x.py': HANDLER });
  const app = realApp({ 'cdk-lambda-python:runtime': 'ruby' });
  new PythonFunction(new Stack(app, 'Stack'), 'Fn', { entry, handler: 'a b' });
  const lines = messageOf(() => app.synth()).split('\n  ');
  assert.equal(
    lines.map((line) => line.replaceAll(entry, '').slice(0, 62)),
    [
      'Validation failed with the following errors:',
      '[Stack/Fn] /requirements.txt:1 includes /missing.txt, which do',
      '[Stack/Fn] /requirements.txt:2 requires /missing, which does n',
      '[Stack/Fn] "ruby" (from the context key cdk-lambda-python:runt',
      '[Stack/Fn] Lambda does not accept the handler "a b": it must b',
    ],
  );
});

refused('odd entries are messages, not type errors', () => {
  const messages = ['', '\0', '/dev/null', 'a'.repeat(5000), '${Token[TOKEN.1]}'].map((entry) => {
    const app = realApp();
    new PythonFunction(new Stack(app, 'Stack'), 'Fn', { entry });
    return messageOf(() => app.synth()).replaceAll(__dirname, '');
  });
  for (const message of messages)
    assert.match(message, /^Validation failed with the following errors:\n {2}\[Stack\/Fn\] /);
});

for (const part of [exported, entries, handlers, refused]) part.run();
