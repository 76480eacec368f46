import { left, right } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lockText } from '../../../src/plan/locks/locked/own-lock';
import { findRuntime } from '../../../src/plan/target/python-runtime';
import type { ProjectDeclaration } from '../../../src/plan/model/source-snapshot';
import { chooseRuntime, RUNTIME_CONTEXT_KEY } from '../../../src/plan/runtime/runtime-choice';

const test = suite('runtime choice');

const FILE = '/app/lib/.python-version';
const choose = (
  runtime: { readonly prop?: string; readonly context?: string },
  text?: string,
  project: ProjectDeclaration | null = null,
) => chooseRuntime({ runtime }, { pythonVersion: text === undefined ? null : { file: FILE, text }, project });
const chosen = (version: string, source: string) => right({ runtime: findRuntime(version), source });

test('the prop comes first, then the context, then .python-version, then the default', () => {
  const prop = 'python3.13';
  const context = '3.12';
  assert.equal(choose({ prop, context }, '3.11'), chosen('3.13', 'prop'));
  assert.equal(choose({ context }, '3.11'), chosen('3.12', 'context'));
  assert.equal(choose({}, '3.11.7\n'), chosen('3.11', '.python-version'));
  assert.equal(choose({}), chosen('3.7', 'default'));
});

test('a lock that this library wrote chooses no runtime; another lock does', () => {
  const packages = 'lock-version = "1.0"\nrequires-python = ">=3.11"\n';
  const own = {
    declaration: 'requirements.txt',
    requirements: [],
    settings: [],
    groups: [],
    extras: [],
    resolvedAsOf: null,
    runtimes: [],
    architectures: [],
  };
  const locked = (text: string): ProjectDeclaration => ({
    kind: 'pylock',
    source: { file: '/app/lib/pylock.toml', text },
    manifest: { file: '/app/lib/requirements.txt', text: 'six\n' },
    localPackages: [],
  });
  assert.equal(choose({}, undefined, locked(lockText(packages, own))), chosen('3.7', 'default'));
  assert.equal(choose({}, undefined, locked(packages)), chosen('3.11', 'requires-python'));
});

test('a source that is not a Python runtime is an error, even where the next one is', () => {
  assert.equal(
    choose({ prop: 'nodejs20.x', context: '3.12' }, '3.11'),
    left({ _tag: 'UnknownRuntime', given: 'nodejs20.x', from: 'the `runtime` prop' }),
  );
  assert.equal(
    choose({ context: '3.1' }, '3.11'),
    left({ _tag: 'UnknownRuntime', given: '3.1', from: 'the context key cdk-lambda-python:runtime' }),
  );
  assert.equal(choose({ prop: '' }), left({ _tag: 'UnknownRuntime', given: '', from: 'the `runtime` prop' }));
});

test('what .python-version says is told as it says it, without its comments and further lines', () => {
  for (const given of ['pypy3.10-7.3.12', '3', '2.7.18', '3.99', 'system']) {
    assert.equal(
      choose({}, `# ours\n${given} # why\n3.11\n`),
      left({ _tag: 'UnknownRuntime', given, from: FILE }),
    );
  }
});

test('a .python-version that asks for nothing leaves the default', () => {
  for (const text of ['', '\n', '# 3.11\n']) assert.equal(choose({}, text), chosen('3.7', 'default'));
});

test('the context key is the documented one', () => {
  assert.is(RUNTIME_CONTEXT_KEY, 'cdk-lambda-python:runtime');
});

test("the oldest runtime that a project's Pythons allow, before the default", () => {
  const project = (requires: string): ProjectDeclaration => ({
    kind: 'pyproject',
    source: { file: '/app/pyproject.toml', text: `[project]\nrequires-python = "${requires}"\n` },
    manifest: null,
    localPackages: [],
  });
  assert.equal(choose({}, undefined, project('>=3.11')), chosen('3.11', 'requires-python'));
  assert.equal(choose({}, undefined, project('>3.11.4,<3.13')), chosen('3.11', 'requires-python'));
  assert.equal(choose({}, '3.13', project('>=3.11')), chosen('3.13', '.python-version'));
  assert.equal(
    choose({}, undefined, project('<3')),
    left({ _tag: 'UnknownRuntime', given: '<3', from: '/app/pyproject.toml' }),
  );
});

test.run();
