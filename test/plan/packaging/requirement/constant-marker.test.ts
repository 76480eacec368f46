import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  allOf,
  constantMarker,
  withExtras,
} from '../../../../src/plan/packaging/requirement/constant-marker';
import { evaluateMarker } from '../../../../src/plan/packaging/requirement/evaluate-marker';
import { parseMarker } from '../../../../src/plan/packaging/requirement/marker';

const test = suite('constant marker');

const marker = (text: string) => {
  const result = parseMarker(text);
  if (result._tag === 'Left') throw new Error(result.left);
  return result.right;
};

const target = { environment: { os_name: 'posix' }, extras: ['other'] };

test('everywhere or nowhere', () => {
  assert.is(evaluateMarker(constantMarker(true), target), true);
  assert.is(evaluateMarker(constantMarker(false), target), false);
  assert.is(evaluateMarker(constantMarker(false), { environment: null }), false);
});

test('all of some markers', () => {
  const [a, b] = [marker('os_name == "posix"'), marker('os_name == "nt"')];
  assert.is(allOf([]), null);
  assert.is(allOf([null, a]), a);
  assert.equal(allOf([a, null, b]), { _tag: 'And', parts: [a, b] });
});

test('extras of a package are not those of the project', () => {
  const holds = (text: string, extras: readonly string[]) =>
    evaluateMarker(withExtras(marker(text), extras), target);
  assert.is(holds('extra == "x"', ['X']), true);
  assert.is(holds('"x" == extra', []), false);
  assert.is(holds('extra == "other"', ['x']), false);
  assert.is(holds('extra == "x" and os_name == "nt"', ['x']), false);
  assert.is(holds('(extra == "y" or extra == "x") and os_name == "posix"', ['x']), true);
});

test.run();
