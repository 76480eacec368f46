import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ExecutionError } from '../../../src/exec/errors/execution-error';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { showFailure } from '../../../src/exec/errors/show-failure';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';

const test = suite('a failure, as it is told of a plan');

const shown = (error: ExecutionError, source: string, declaration = '/app/pyproject.toml'): string =>
  showFailure(
    { install: { declaration }, runtime: { name: 'python3.7', source } } as unknown as BundlePlan,
    error,
  );

const FAILED: ExecutionError = { _tag: 'InstallFailed', tool: 'uv', exit: 'exit code 1', output: 'no' };

test('of an install for the default runtime, that comes first; the declaration is named', () => {
  const [head = '', ...lines] = showExecutionError(FAILED).split('\n');
  const declared = [`${head} The dependencies are declared in /app/pyproject.toml.`, ...lines].join('\n');
  assert.is(shown(FAILED, 'prop'), declared);
  assert.is(
    shown(FAILED, 'default'),
    `No runtime is set, so this was installed for python3.7, the default. Set the \`runtime\` prop, or the context key cdk-lambda-python:runtime. ${declared}`,
  );
});

const FIRST =
  'No runtime is set, so this was installed for python3.7, the default. Set the `runtime` prop, or the context key cdk-lambda-python:runtime. ';

test('of builds, indexes and containers as well', () => {
  const declaration = '/app/pyproject.toml:3';
  const errors: readonly ExecutionError[] = [
    { _tag: 'BuildFailed', requirement: 'a==1', declaration, isLocal: false, output: 'no' },
    { _tag: 'ContainerTried', requirement: 'a==1', declaration, because: 'has no wheel', message: 'x' },
    { _tag: 'NotOnFirstIndex', requirement: 'a==1', index: 'https://a.example', declaration },
  ];
  for (const error of errors) {
    assert.is(shown(error, 'default'), `${FIRST}${showExecutionError(error)}`);
    assert.is(shown(error, 'prop'), showExecutionError(error));
  }
  const image: ExecutionError = { _tag: 'ImageNotAvailable', image: 'build-python3.7', output: '' };
  assert.ok(shown(image, 'default').startsWith(`${FIRST}The build image build-python3.7 `));
});

test('a bundle that is too large names the declaration; what names it already, and other errors, stay as they are', () => {
  const large: ExecutionError = { _tag: 'TooLarge', size: 2, limit: 1, largest: [], ways: [] };
  assert.match(
    shown(large, 'default'),
    /^The bundle has .* The dependencies are declared in \/app\/pyproject\.toml\.$/,
  );
  const gone: ExecutionError = { _tag: 'EntryGone', path: 'a', source: 'b' };
  assert.is(shown(gone, 'default'), showExecutionError(gone));
  const mismatch: ExecutionError = {
    _tag: 'HashMismatch',
    requirement: 'a',
    declaration: '/app/pyproject.toml',
    found: 'b',
  };
  assert.is(shown(mismatch, 'prop'), showExecutionError(mismatch));
});

test.run();
