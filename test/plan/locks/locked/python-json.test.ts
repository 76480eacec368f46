import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pythonJson } from '../../../../src/plan/locks/locked/python-json';

const test = suite('python json');

// Expected texts are what Python 3.11 prints for `json.dumps(…, sort_keys=True)`.
test('white space, order and words as in Python', () => {
  const value = { b: [1n, true, null, {}, []], a: { y: 'text', x: false } };
  assert.is(pythonJson(value, 'spaced'), '{"a": {"x": false, "y": "text"}, "b": [1, true, null, {}, []]}');
  assert.is(pythonJson(value, 'compact'), '{"a":{"x":false,"y":"text"},"b":[1,true,null,{},[]]}');
  assert.is(pythonJson({ a: undefined }, 'spaced'), '{"a": null}');
});

test('what is not printable ASCII is escaped, for each UTF-16 unit', () => {
  assert.is(pythonJson('a"\\/\n\t\b\f\r\u0001\u007f', 'spaced'), '"a\\"\\\\/\\n\\t\\b\\f\\r\\u0001\\u007f"');
  assert.is(pythonJson('é€😀\u2028', 'spaced'), '"\\u00e9\\u20ac\\ud83d\\ude00\\u2028"');
});

test('keys are ordered by code point, whole before longer', () => {
  assert.is(
    pythonJson({ '😀': 1n, '\uffee': 2n, ab: 3n, a: 4n, B: 5n }, 'compact'),
    '{"B":5,"a":4,"ab":3,"\\uffee":2,"\\ud83d\\ude00":1}',
  );
});

test('a number that may have been a float, and a date, cannot be written; nor can what holds one', () => {
  assert.is(pythonJson(1, 'spaced'), null);
  assert.is(pythonJson([1n, 1.5], 'spaced'), null);
  assert.is(pythonJson({ a: { b: new Date(0) } }, 'spaced'), null);
});

test('__proto__ is a key as any other', () => {
  assert.is(pythonJson(JSON.parse('{"__proto__": "x"}'), 'compact'), '{"__proto__":"x"}');
});

test.run();
