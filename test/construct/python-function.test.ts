import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BundleExecutors, PythonFunction, RecordingExecutor, Runtime } from '../../src/construct/index';
import { functionIn, functionProperties, HANDLER, messageOf, realApp } from './app';
import { recordingApp, recordingStack, sources, stacks } from './app';
import { byPath, MyStack } from './fixtures/stacks/stack';
import * as users from './fixtures/stacks/users';

const entries = suite('PythonFunction: entry');

entries("no props: the defining file's name and the id", () => {
  const { app } = recordingApp();
  const stack = new MyStack(app, 'Stack');
  const { plan } = stack.fn;
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
    Role: { 'Fn::GetAtt': ['myhandlerServiceRole8A51E0B5', 'Arn'] },
    Runtime: 'python3.13',
  });
});

entries('a file: absolute, or relative to the defining file', () => {
  const other = path.join(stacks, 'api/inner/other.py');
  for (const entry of [other, 'api/inner/other.py', './api/../api/inner/other.py']) {
    const stack = recordingStack();
    const { plan } = byPath(stack, { entry, handler: 'second' });
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
    const { plan } = byPath(stack, props);
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
  assert.is(users.bySubclass(stack).plan.entry.file, path.join(stacks, 'users.subclassed.py'));
  assert.is(users.byFactory(stack).plan.entry.file, path.join(stacks, 'users.made.py'));
  assert.is(users.byRelativePath(stack).plan.entry.file, path.join(stacks, 'api/index.py'));
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
    messageOf(() => fn.plan),
    message,
  );
  assert.equal(executor.plans, []);
});

entries('an id with a slash is one part of a path, as CDK has it', () => {
  const fn = functionIn(recordingStack(), 'a/b');
  assert.is(fn.plan.label, 'Stack/a--b');
  assert.is(fn.node.path, 'Stack/a--b');
});

const handlers = suite('PythonFunction: handler');
const warningIds = (stack: Stack): readonly unknown[] =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => /\[ack: (.*)\]/.exec(String(entry.data))?.[1]);

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

handlers('a full one passes through, without a warning', () => {
  const stack = recordingStack();
  byPath(stack, { entry: 'api', handler: 'datadog_lambda.handler.handler' });
  assert.is(functionProperties(stack)['Handler'], 'datadog_lambda.handler.handler');
  assert.equal(warningIds(stack), []);
});

handlers('one that Lambda does not take is an error', () => {
  const { app } = recordingApp();
  functionIn(new Stack(app, 'Stack'), 'Fn', { handler: 'my handler' });
  assert.match(
    messageOf(() => app.synth()),
    '[Stack/Fn] The handler "my handler" is not one Lambda accepts',
  );
});

const runtimes = suite('PythonFunction: runtime');
const KEY = 'cdk-lambda-python:runtime';
const DEFAULT_WARNING =
  'No runtime was set, so the documented default python3.7 is used; AWS creates no functions on it since 2024-01-09. ' +
  'Set the `runtime` prop, the context key `cdk-lambda-python:runtime` (for instance "python3.13"), or a `.python-version` file beside the entry. ' +
  '[ack: cdk-lambda-python:defaultRuntime]';

/** A stack of an app that has no runtime of its own. */
const plainStack = (context: Readonly<Record<string, unknown>> = {}): Stack => {
  const app = new App({ context });
  BundleExecutors.of(app).use(new RecordingExecutor());
  return new Stack(app, 'Stack');
};

runtimes('the prop, the context, .python-version, the default: the first that is there', () => {
  const versioned = sources({ '.python-version': '3.11.7\n' });
  const bare = sources();
  const prop = { runtime: Runtime.PYTHON_3_10 };
  const context = { [KEY]: 'python3.12' };
  const cases = [
    [context, { entry: versioned, ...prop }, 'python3.10', 'prop'],
    [context, { entry: versioned }, 'python3.12', 'context'],
    [{ [KEY]: '3.9' }, { entry: versioned }, 'python3.9', 'context'],
    [{ [KEY]: 3.14 }, { entry: versioned }, 'python3.14', 'context'],
    [{}, { entry: versioned }, 'python3.11', '.python-version'],
    [{}, { entry: bare }, 'python3.7', 'default'],
  ] as const;
  for (const [given, props, name, source] of cases) {
    const stack = plainStack(given);
    const fn = new PythonFunction(stack, 'Fn', props);
    assert.is(functionProperties(stack)['Runtime'], name);
    assert.equal([fn.plan.runtime.name, fn.plan.runtime.source, fn.runtime.name], [name, source, name]);
    assert.equal(warningIds(stack), source === 'default' ? ['cdk-lambda-python:defaultRuntime'] : []);
  }
});

runtimes('the context of a stack counts for that stack', () => {
  const stack = plainStack({ [KEY]: 'python3.12' });
  stack.node.setContext(KEY, 'python3.11');
  assert.is(functionIn(stack, 'Fn').plan.runtime.name, 'python3.11');
});

runtimes('the default comes with a warning, which can be acknowledged', () => {
  const stack = plainStack();
  functionIn(stack, 'Fn');
  Annotations.fromStack(stack).hasWarning('/Stack/Fn', DEFAULT_WARNING);
  const silent = plainStack();
  const fn = functionIn(silent, 'Fn');
  const { Annotations: Core } = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
  Core.of(fn).acknowledgeWarning('cdk-lambda-python:defaultRuntime', 'known');
  assert.equal(warningIds(silent), []);
});

const KNOWN = ['3.6', '3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'];
const unknown = (given: string, from: string): string =>
  `[Stack/Fn] "${given}" (from ${from}) is not a Python runtime of Lambda. Use one of: ` +
  `${KNOWN.map((version) => `python${version}`).join(', ')}.`;

runtimes('one that is not Python, or not known, is an error that lists those that are', () => {
  const layer = (stack: Stack): lambda.LayerVersion =>
    new lambda.LayerVersion(stack, 'Layer', {
      code: lambda.Code.fromAsset(sources()),
      compatibleRuntimes: [Runtime.NODEJS_20_X],
    });
  const prop = 'the `runtime` prop';
  for (const runtime of [Runtime.NODEJS_20_X, Runtime.PYTHON_2_7, Runtime.FROM_IMAGE, Runtime.JAVA_21]) {
    const { app } = recordingApp();
    const stack = new Stack(app, 'Stack');
    functionIn(stack, 'Fn', {
      runtime,
      layers: [layer(stack)],
      snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS,
    });
    assert.match(
      messageOf(() => app.synth()),
      unknown(runtime.name, prop),
    );
  }
  const { app } = recordingApp({ [KEY]: 'PYTHON_3_13' });
  functionIn(new Stack(app, 'Stack'), 'Fn');
  assert.match(
    messageOf(() => app.synth()),
    unknown('PYTHON_3_13', `the context key ${KEY}`),
  );
});

runtimes('a wrong .python-version is an error that names the file', () => {
  const app = new App();
  const entry = sources({ '.python-version': 'pypy3.10\n' });
  functionIn(new Stack(app, 'Stack'), 'Fn', { entry });
  assert.match(
    messageOf(() => app.synth()),
    unknown('pypy3.10', path.join(entry, '.python-version')),
  );
});

runtimes('what CDK does not know yet, or the user made, is passed on', () => {
  const stack = recordingStack();
  const own = new Runtime('python3.12', lambda.RuntimeFamily.PYTHON);
  assert.is(functionIn(stack, 'Own', { runtime: own }).runtime, own);
  const hidden = Runtime.ALL.splice(
    Runtime.ALL.findIndex(({ name }) => name === 'python3.15'),
    1,
  );
  try {
    stack.node.setContext(KEY, 'python3.15');
    const { runtime } = functionIn(stack, 'New');
    assert.equal([runtime.name, runtime.family], ['python3.15', lambda.RuntimeFamily.PYTHON]);
    assert.ok(hidden[0]?.runtimeEquals(runtime));
  } finally {
    Runtime.ALL.splice(
      0,
      Runtime.ALL.length,
      ...Runtime.ALL.filter(({ name }) => name !== 'python3.15'),
      ...hidden,
    );
  }
});

const refused = suite('PythonFunction: what cannot be planned');

refused('layers and other props for the runtime do not throw from the constructor', () => {
  const { app } = recordingApp();
  const stack = new Stack(app, 'Stack');
  const layers = [
    new lambda.LayerVersion(stack, 'Layer', {
      code: lambda.Code.fromAsset(sources()),
      compatibleRuntimes: [Runtime.PYTHON_3_13],
    }),
  ];
  const snapStart = lambda.SnapStartConf.ON_PUBLISHED_VERSIONS;
  const fn = new PythonFunction(stack, 'Fn', { entry: '/no/such/file.py', layers, snapStart });
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
  const app = realApp({ [KEY]: 'ruby' });
  new PythonFunction(new Stack(app, 'Stack'), 'Fn', { entry, handler: 'a b' });
  const lines = messageOf(() => app.synth()).split('\n  ');
  assert.equal(
    lines.map((line) => line.replaceAll(entry, '').slice(0, 62)),
    [
      'Validation failed with the following errors:',
      '[Stack/Fn] /requirements.txt:1 includes /missing.txt, which do',
      '[Stack/Fn] /requirements.txt:2 requires /missing, which does n',
      '[Stack/Fn] "ruby" (from the context key cdk-lambda-python:runt',
      '[Stack/Fn] The handler "a b" is not one Lambda accepts: a name',
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

for (const part of [entries, handlers, runtimes, refused]) part.run();
