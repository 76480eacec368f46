import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AssetHashKind, BundleRequest } from '../../src/plan/request/bundle-request';
import type { PlanWarning } from '../../src/plan/errors/plan-warning';
import { planWarnings } from '../../src/plan/plan-warnings';
import type { RequirementSet } from '../../src/plan/declarations/sets/requirement-set';
import { requirementsFileSet } from '../../src/plan/declarations/sets/requirement-set';
import { planned, request, requirements } from './support/world';
import type { RuntimeSource } from '../../src/plan/target/python-runtime';

const test = suite('plan warnings');

const warningsOf = (
  source: string,
  handler: string,
  from: RuntimeSource = 'prop',
  installs: RequirementSet | null = null,
  unused: readonly string[] = [],
  asked: BundleRequest['runtime'] = {},
  module = 'x',
): readonly PlanWarning[] =>
  planWarnings(
    { requirements: requirements({ '/app/requirements.txt': '' }), project: null, unused },
    {
      asked,
      source: from,
      runtime: { name: 'python3.7', python: '3.7', glibcMinor: 17 },
      handler,
      placement: { module },
      entry: { root: '/app', path: 'x.py', source },
      file: '/app/x.py',
      requirements: installs,
    },
  );

test('the default runtime is told where it is the default that decided', () => {
  const told = { _tag: 'DefaultRuntime', runtime: 'python3.7' };
  const sources: readonly RuntimeSource[] = ['default', 'prop', 'context', '.python-version'];
  assert.equal(
    sources.map((from) => warningsOf('h = 1', 'h', from)),
    [
      [told],
      [],
      [],
      [{ _tag: 'RetiredRuntime', runtime: 'python3.7', since: '2024-01-09', source: '.python-version' }],
    ],
  );
});

test('that the prop is undefined is said where the default is used', () => {
  const asked = { isUndefined: true } as const;
  const told = (from: RuntimeSource) => warningsOf('h = 1', 'h', from, null, [], asked);
  assert.equal(told('default'), [{ _tag: 'DefaultRuntime', runtime: 'python3.7', ...asked }]);
  assert.equal(told('context'), []);
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

test('a full handler that names the module of the entry is looked at as a short one is', () => {
  const told = (handler: string, module?: string) =>
    warningsOf('def main(): pass', handler, 'prop', null, [], {}, module);
  const warning = (handler: string) => ({
    _tag: 'HandlerNotDefined',
    handler,
    entry: '/app/x.py',
    functions: ['main'],
  });
  for (const [handler, module] of [
    ['x.mian'],
    ['x.py'],
    ['fn.x.mian', 'fn.x'],
    ['fn/x.mian', 'fn.x'],
    ['fn.mian', 'fn.__init__'],
  ] as const)
    assert.equal(told(handler, module), [warning(handler)]);
  for (const [handler, module] of [
    ['x.main'],
    ['fn.x.main', 'fn.x'],
    ['fn.main', 'fn.__init__'],
    ['y.mian'],
    ['fn.x.mian', 'x'],
    ['run.sh', 'run'],
  ] as const)
    assert.equal(told(handler, module), []);
});

test('a full handler of another module is its own affair', () => {
  assert.equal(warningsOf('', 'datadog_lambda.handler.handler'), []);
});

test('warnings of what is installed, and the declarations that are not used', () => {
  const set = requirementsFileSet(requirements({ '/app/requirements.txt': 'x @ git+https://h/x\n' }));
  assert.equal(warningsOf('main = 1', 'main', 'prop', set, ['/app/uv.lock']), [
    { _tag: 'GitNotPinned', file: '/app/requirements.txt', line: 1, requirement: 'x @ git+https://h/x' },
    { _tag: 'DeclarationNotUsed', used: '/app/requirements.txt', unused: '/app/uv.lock' },
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
