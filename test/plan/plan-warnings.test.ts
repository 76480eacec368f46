import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AssetHashKind } from '../../src/plan/bundle-request';
import type { PlanWarning } from '../../src/plan/plan-warning';
import { planWarnings } from '../../src/plan/plan-warnings';
import type { RuntimeSource } from '../../src/plan/runtime-choice';
import type { RequirementsSnapshot } from '../../src/plan/source-snapshot';
import { planned, request, requirements } from './support/world';

const test = suite('plan warnings');

const warningsOf = (
  source: string,
  handler: string,
  from: RuntimeSource = 'prop',
  seen: RequirementsSnapshot | null = null,
): readonly PlanWarning[] =>
  planWarnings(
    { requirements: seen },
    {
      source: from,
      runtime: { name: 'python3.7', python: '3.7', glibcMinor: 17 },
      handler,
      entry: { root: '/app', path: 'x.py', source },
      file: '/app/x.py',
    },
  );

test('the default runtime is told where it is the default that decided', () => {
  const told = { _tag: 'DefaultRuntime', runtime: 'python3.7' };
  const sources: readonly RuntimeSource[] = ['default', 'prop', 'context', '.python-version'];
  assert.equal(
    sources.map((from) => warningsOf('h = 1', 'h', from)),
    [[told], [], [], []],
  );
});

test('a handler that the entry does not define is told, with the functions that it does', () => {
  const source = 'def a(): pass\nasync def b(): pass\nclass C: pass\n';
  assert.equal(warningsOf(source, 'main'), [
    { _tag: 'HandlerNotDefined', handler: 'main', entry: '/app/x.py', functions: ['a', 'b'] },
  ]);
});

test('one that it defines in any way, or may define, is not', () => {
  for (const source of ['def main(): pass', 'main = f(g)', 'from a import b as main', 'class main: pass']) {
    assert.equal(warningsOf(source, 'main'), []);
  }
  assert.equal(warningsOf('from a import *', 'main'), []);
});

test('a full handler is its own affair', () => {
  assert.equal(warningsOf('', 'datadog_lambda.handler.handler'), []);
});

test('files on the network are told with their lines', () => {
  const seen = requirements({
    '/app/requirements.txt': '# a\n-r https://h/base.txt\n-r more.txt\nx @ https://h/x.whl\n',
    '/app/more.txt': '-c \\\nhttps://u:p@h/c.txt\n',
  });
  assert.equal(warningsOf('main = 1', 'main', 'prop', seen), [
    { _tag: 'RemoteInclude', file: '/app/requirements.txt', line: 2 },
    { _tag: 'RemoteInclude', file: '/app/more.txt', line: 1 },
  ]);
});

test('the hash of an output is told not to be one', () => {
  const tags = (assetHashType: AssetHashKind) =>
    planned(request({ runtime: { prop: '3.13' }, assetHashType })).warnings.map(({ _tag }) => _tag);
  assert.equal((['source', 'output'] as const).map(tags), [[], ['OutputHash']]);
  const hashes = (['source', 'output'] as const).map(
    (assetHashType) => planned(request({ assetHashType })).hash,
  );
  assert.equal(hashes[0], hashes[1]);
});

test.run();
