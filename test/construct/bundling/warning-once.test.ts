import { Annotations as Asserted, Match } from 'aws-cdk-lib/assertions';
import { Annotations, Stack } from 'aws-cdk-lib';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { REQUIRE_PINNED_KEY } from '../../../src/construct/request/dependency-request';
import { functionIn, recordingApp, recordingStack, sources } from '../support/app';

const test = suite('warnings of what is not pinned');

const warningsIn = (stack: Stack): readonly string[] =>
  Asserted.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('notPinned'))
    .map(({ id }) => id);

const unpinned = () => ({ entry: sources({ 'requirements.txt': 'idna>=3\n' }) });

test('fifty functions that share a declaration have one warning', () => {
  const stack = recordingStack();
  const shared = unpinned();
  for (let index = 0; index < 50; index++) functionIn(stack, `F${index}`, shared);
  assert.equal(warningsIn(stack), ['/Stack/F0']);
});

test('each declaration, and each app, has its own', () => {
  const stack = recordingStack();
  const shared = unpinned();
  functionIn(stack, 'A', shared);
  functionIn(stack, 'B', unpinned());
  assert.equal(warningsIn(stack), ['/Stack/A', '/Stack/B']);
  const other = recordingStack();
  functionIn(other, 'C', shared);
  assert.equal(warningsIn(other), ['/Stack/C']);
});

test('its command names the file as one types it in the folder of the app', () => {
  const folder = sources({
    'fns/requirements.txt': 'idna>=3\n',
    'fns/index.py': 'def lambda_handler(e, c): ...\n',
  });
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { app } = recordingApp({});
    const stack = new Stack(app, 'Stack');
    functionIn(stack, 'A', { entry: path.join(process.cwd(), 'fns/index.py') });
    const [warning] = Asserted.fromStack(stack).findWarning('*', Match.stringLikeRegexp('notPinned'));
    assert.match(
      String(warning?.entry.data),
      'Run `npx cdk-lambda-python lock fns/requirements.txt`, or set `dependencies.resolvedAsOf` to a date. [ack: cdk-lambda-python:notPinned]',
    );
  } finally {
    process.chdir(before);
  }
});

test('it can be acknowledged', () => {
  const stack = recordingStack();
  functionIn(stack, 'A', unpinned());
  Annotations.of(stack).acknowledgeWarning('cdk-lambda-python:notPinned');
  assert.equal(warningsIn(stack), []);
});

test('the context key makes it an error for a whole app, and no function takes it back', () => {
  const { app } = recordingApp({ [REQUIRE_PINNED_KEY]: true });
  const stack = new Stack(app, 'Stack');
  functionIn(stack, 'A', { ...unpinned(), dependencies: { requirePinned: false } });
  assert.throws(
    () => app.synth(),
    /The context key `cdk-lambda-python:requirePinned` is set, but .*requirements.txt:1/,
  );
});

test('a declaration that is pinned, or a date, is in order with it', () => {
  const { app } = recordingApp({ [REQUIRE_PINNED_KEY]: 'true' });
  const stack = new Stack(app, 'Stack');
  functionIn(stack, 'A', { entry: sources({ 'requirements.txt': 'idna==3.10\n' }) });
  functionIn(stack, 'B', { ...unpinned(), dependencies: { resolvedAsOf: '2026-01-01' } });
  assert.equal(warningsIn(stack), []);
});

test.run();
