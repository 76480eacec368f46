import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  constraintAllows,
  constraintAllowsPython,
} from '../../../../src/plan/locks/poetry/poetry-constraint';

const test = suite('poetry constraint');

const VERSIONS = [
  ...['0.0.1', '0.0.3', '0.0.4', '0.2.3', '0.3', '1.0rc1', '1.0', '1.2', '1.2.3', '1.2.9', '1.3'],
  ...['2.0a1', '2.0', '3.0.1', '1!1.2'],
];

const allowed = (constraint: string): readonly string[] =>
  VERSIONS.filter((version) => constraintAllows(constraint, version));

// Each line is what poetry-core's own parser allows.
test('every way in which Poetry writes constraints', () => {
  assert.equal(allowed('*'), VERSIONS);
  assert.equal(allowed('^1.2'), ['1.2', '1.2.3', '1.2.9', '1.3']);
  assert.equal(allowed('^1'), ['1.0', '1.2', '1.2.3', '1.2.9', '1.3']);
  assert.equal(allowed('^0'), ['0.0.1', '0.0.3', '0.0.4', '0.2.3', '0.3']);
  assert.equal(allowed('^0.0'), ['0.0.1', '0.0.3', '0.0.4']);
  assert.equal(allowed('^0.0.3'), ['0.0.3']);
  assert.equal(allowed('^0.2.3'), ['0.2.3']);
  assert.equal(allowed('^1!1.2'), ['1!1.2']);
  assert.equal(allowed('~1'), ['1.0', '1.2', '1.2.3', '1.2.9', '1.3']);
  assert.equal(allowed('~1.2'), ['1.2', '1.2.3', '1.2.9']);
  assert.equal(allowed('~1.2.3'), ['1.2.3', '1.2.9']);
  assert.equal(allowed('~=1.2'), ['1.2', '1.2.3', '1.2.9', '1.3']);
  assert.equal(allowed('~=1.2.3'), ['1.2.3', '1.2.9']);
  assert.equal(allowed('1.2.*'), ['1.2', '1.2.3', '1.2.9']);
  assert.equal(allowed('==1.2.x'), ['1.2', '1.2.3', '1.2.9']);
  assert.equal(allowed('1.2'), ['1.2']);
  assert.equal(allowed('=1.2'), ['1.2']);
  assert.equal(allowed('^1.0rc1'), ['1.0rc1', '1.0', '1.2', '1.2.3', '1.2.9', '1.3']);
  assert.equal(allowed('>=1.2.*,<1.3'), ['1.2', '1.2.3', '1.2.9']);
  assert.equal(allowed('>=1.2 <1.3'), ['1.2', '1.2.3', '1.2.9']);
  assert.equal(allowed('>=1,<2 || >2.0'), ['1.0', '1.2', '1.2.3', '1.2.9', '1.3', '3.0.1', '1!1.2']);
  assert.equal(allowed('1.3|2.0'), ['1.3', '2.0']);
  assert.equal(allowed('!=3.0.*, !=1.2.*,>=1.2'), ['1.3', '2.0a1', '2.0', '1!1.2']);
});

test('one that cannot be read, or a version that is none, leaves nothing out', () => {
  assert.equal(allowed('>=one'), VERSIONS);
  assert.is(constraintAllows('^1.2', 'main'), true);
});

test('a Python is allowed where one of its patch levels is', () => {
  const pythons = ['3.8', '3.9', '3.10', '3.11', '3.12'];
  const of = (constraint: string): readonly string[] =>
    pythons.filter((python) => constraintAllowsPython(constraint, python));
  assert.equal(of('>=3.9,<3.12'), ['3.9', '3.10', '3.11']);
  assert.equal(of('^3.9.7'), ['3.9', '3.10', '3.11', '3.12']);
  assert.equal(of('~3.11.4'), ['3.11']);
  assert.equal(of('3.11'), ['3.11']);
  assert.equal(of('<3.9 || >=3.12'), ['3.8', '3.12']);
});

test.run();
