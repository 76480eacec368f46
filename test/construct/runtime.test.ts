import * as path from 'node:path';
import { Annotations as CoreAnnotations, App, Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BundleExecutors, PythonFunction, RecordingExecutor, Runtime } from '../../src/construct/index';
import type { PythonFunctionProps } from '../../src/construct/index';
import { temporaryFolder } from '../support/temporary';
import {
  functionIn,
  functionProperties,
  messageOf,
  recordingApp,
  recordingStack,
  sources,
  warningIds,
} from './support/app';

const runtimes = suite('PythonFunction: runtime');
const KEY = 'cdk-lambda-python:runtime';
const DEFAULT_WARNING =
  'No runtime was set, so the documented default python3.7 is used; AWS has not allowed new functions on it since 2024-01-09. ' +
  'Set the `runtime` prop, the context key `cdk-lambda-python:runtime` (for instance "python3.13"), or a `.python-version` file beside the entry. ' +
  '[ack: cdk-lambda-python:defaultRuntime]';

/** A stack of an app that has no runtime of its own. */
const plainStack = (context: Readonly<Record<string, unknown>> = {}): Stack => {
  const app = new App({ context, outdir: temporaryFolder() });
  BundleExecutors.of(app).use(new RecordingExecutor());
  return new Stack(app, 'Stack');
};

runtimes('the prop, the context, .python-version, the default: the first that is there', () => {
  const versioned = sources({ '.python-version': '3.11.7\n' });
  const bare = sources();
  const prop = { runtime: Runtime.PYTHON_3_13 };
  const context = { [KEY]: 'python3.12' };
  const cases = [
    [context, { entry: versioned, ...prop }, 'python3.13', 'prop'],
    [context, { entry: versioned }, 'python3.12', 'context'],
    [{ [KEY]: '3.10' }, { entry: versioned }, 'python3.10', 'context'],
    [{ [KEY]: 3.14 }, { entry: versioned }, 'python3.14', 'context'],
    [{}, { entry: versioned }, 'python3.11', '.python-version'],
    [{}, { entry: bare }, 'python3.7', 'default'],
  ] as const;
  for (const [given, props, name, source] of cases) {
    const stack = plainStack(given);
    const fn = new PythonFunction(stack, 'Fn', props);
    assert.is(functionProperties(stack)['Runtime'], name);
    assert.equal(
      [PythonFunction.planOf(fn).runtime.name, PythonFunction.planOf(fn).runtime.source, fn.runtime.name],
      [name, source, name],
    );
    assert.equal(warningIds(stack), source === 'default' ? ['cdk-lambda-python:defaultRuntime'] : []);
  }
});

runtimes('a runtime that is undefined is said to be so', () => {
  const stack = plainStack();
  const { PYTHON_3_99 } = Runtime as unknown as Readonly<Record<string, Runtime | undefined>>;
  const props = { entry: sources(), runtime: PYTHON_3_99 } as unknown as PythonFunctionProps;
  const fn = new PythonFunction(stack, 'Fn', props);
  assert.equal(PythonFunction.planOf(fn).warnings, [
    { _tag: 'DefaultRuntime', runtime: 'python3.7', isUndefined: true },
  ]);
});

runtimes('the context of a stack counts for that stack', () => {
  const stack = plainStack({ [KEY]: 'python3.12' });
  stack.node.setContext(KEY, 'python3.11');
  assert.is(PythonFunction.planOf(functionIn(stack, 'Fn')).runtime.name, 'python3.11');
});

runtimes('the default comes with a warning, which can be acknowledged', () => {
  const stack = plainStack();
  functionIn(stack, 'Fn');
  Annotations.fromStack(stack).hasWarning('/Stack/Fn', DEFAULT_WARNING);
  const silent = plainStack();
  const fn = functionIn(silent, 'Fn');
  CoreAnnotations.of(fn).acknowledgeWarning('cdk-lambda-python:defaultRuntime', 'known');
  assert.equal(warningIds(silent), []);
});

const KNOWN = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'];
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
  const app = new App({ outdir: temporaryFolder() });
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
    const { runtime } = functionIn(recordingStack({ [KEY]: 'python3.15' }), 'New');
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

runtimes.run();
