import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { file, planned, refusals, request, requiring, snapshot } from './support/world';

const test = suite('plan');

test('all that is wrong is told at once: what was not read, the entry, the runtime, the options, the names', () => {
  const asked = request({
    handler: 'my handler',
    runtime: { prop: 'ruby3.3' },
    docker: { image: '-x', environment: ['A=b'], volumes: [] },
  });
  const seen = snapshot({
    files: [file('stack.my_handler.py'), file('..\\x')],
    problems: [
      { _tag: 'UnreadableFile', path: '/app/lib/secret', reason: 'permission denied' },
      { _tag: 'IncludeNotFound', path: '/app/lib/a.txt', file: '/app/lib/requirements.txt', line: 2 },
    ],
  });
  assert.equal(refusals(asked, seen), [
    { _tag: 'UnreadableFile', path: '/app/lib/secret', reason: 'permission denied' },
    { _tag: 'IncludeNotFound', path: '/app/lib/a.txt', file: '/app/lib/requirements.txt', line: 2 },
    { _tag: 'UnknownRuntime', given: 'ruby3.3', from: 'the `runtime` prop' },
    { _tag: 'InvalidHandler', handler: 'my handler' },
    {
      _tag: 'InvalidOption',
      option: 'bundling.image',
      given: '-x',
      expected: 'a name without control characters that does not begin with "-"',
    },
    {
      _tag: 'InvalidOption',
      option: 'bundling.environment',
      given: 'A=…',
      expected: 'names of letters, digits and "_"',
    },
    { _tag: 'UnsupportedFile', path: '/app/lib/..\\x', kind: 'file whose name is a path on another system' },
  ]);
});

test('without an entry, the places where it was looked for', () => {
  const nothing = snapshot({ entry: null, files: [] });
  const tried = ['/app/lib/stack.my_handler.py'];
  assert.equal(refusals(request(), nothing), [{ _tag: 'EntryNotFound', tried, byId: true }]);
  const byPath = request({
    entry: { _tag: 'ByPath', path: 'fn', index: 'index.py' },
    runtime: { context: '2.7' },
  });
  assert.equal(refusals(byPath, nothing), [
    { _tag: 'EntryNotFound', tried: ['/app/lib/fn'], byId: false },
    { _tag: 'UnknownRuntime', given: '2.7', from: 'the context key cdk-lambda-python:runtime' },
  ]);
});

test('an entry that could not be read is told as that, not as missing', () => {
  const problem = { _tag: 'EntryNotAFile', path: '/dev/null', kind: 'character device' } as const;
  assert.equal(refusals(request(), snapshot({ entry: null, files: [], problems: [problem] })), [problem]);
});

test('an entry in a folder that Python cannot import from', () => {
  const entry = { root: '/app', path: 'my.app/index.py', source: '' };
  assert.equal(refusals(request(), snapshot({ entry, files: [file('my.app/index.py')] })), [
    { _tag: 'EntryNotImportable', path: '/app/my.app/index.py', part: 'my.app' },
  ]);
});

test('handlers that Lambda does not take', () => {
  for (const handler of ['', ' ', 'a b', '.a', 'a.', 'a..b', 'a\n', 'x'.repeat(112)]) {
    assert.equal(refusals(request({ handler })), [{ _tag: 'InvalidHandler', handler }], handler);
  }
  assert.equal(refusals(request({ handler: 'x'.repeat(111) })), []);
});

test('a full handler passes through; the entry is placed all the same', () => {
  const { handler, entry, warnings } = planned(
    request({ handler: 'datadog_lambda.handler.handler', runtime: { prop: '3.13' } }),
  );
  assert.is(handler, 'datadog_lambda.handler.handler');
  assert.is(entry.path, 'stack_my_handler.py');
  assert.equal(warnings, []);
});

test('an entry in a folder of the root', () => {
  const { entry, handler } = planned(
    request(),
    snapshot({
      entry: { root: '/app', path: 'src/api/index.py', source: '' },
      files: [file('src/api/index.py'), file('src/util.py')],
    }),
  );
  assert.equal(entry, { file: '/app/src/api/index.py', root: '/app', path: 'src/api/index.py' });
  assert.is(handler, 'src.api.index.lambda_handler');
});

test('the runtime and what follows from it', () => {
  const seen = snapshot({ pythonVersion: { file: '/app/lib/.python-version', text: '3.12.1\n' } });
  const { runtime, image, warnings } = planned(request({ architecture: 'arm64' }), seen);
  assert.equal(
    [runtime.name, runtime.python, runtime.architecture, runtime.glibc, runtime.source, image],
    ['python3.12', '3.12', 'arm64', '2.34', '.python-version', 'public.ecr.aws/sam/build-python3.12'],
  );
  assert.equal(warnings, []);
});

test("an image of one's own is that of the plan and of the container", () => {
  const docker = { image: 'lambci/lambda:build-python3.7', environment: [], volumes: [] };
  const { image, install } = planned(request({ docker }), requiring('six\n'));
  assert.equal([image, install?.docker.image], [docker.image, docker.image]);
});

test('credentials of an index are nowhere in a plan', () => {
  const text = '-i https://user:hunter2@h/simple\nx @ https://user:hunter2@h/x.whl\n-e ../y\n';
  const plan = planned(request({ runtime: { prop: '3.13' } }), requiring(text));
  assert.not.match(JSON.stringify(plan), 'hunter2');
});

test('no error has more than a few lines', () => {
  const handler = 'x'.repeat(200);
  assert.equal(
    refusals(request({ handler })).map((error) => showPlanError(error).split('\n').length),
    [1],
  );
});

test.run();
