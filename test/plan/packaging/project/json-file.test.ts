import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonKeyLines, parseJson } from '../../../../src/plan/packaging/project/json-file';

const test = suite('json file');

const parse = (text: string) => parseJson({ file: '/a/b.json', text });

test('what is JSON, also after a byte order mark', () => {
  assert.equal(parse('\ufeff{"a": [1]}'), { _tag: 'Right', right: { a: [1] } });
});

test('what is none, with the line on which it stops being any where Node tells it', () => {
  const line = (text: string) => {
    const result = parse(text);
    return result._tag === 'Left' && result.left._tag === 'InvalidDeclaration' ? result.left.line : null;
  };
  assert.is(line('{\n"a": 1\n"b": 2}'), 3);
  assert.is(line('{\n"a": 1,\n'), 2);
  assert.is(line('['), 1);
  assert.is(line(''), 1);
  assert.equal(parse('no'), {
    _tag: 'Left',
    left: { _tag: 'InvalidDeclaration', file: '/a/b.json', line: 1, reason: 'it is not valid JSON' },
  });
});

test('lines of keys, whatever the strings hold', () => {
  const line = jsonKeyLines(
    '{\n "a": {\n  "b": "} \\" {",\n  "c": [{"a": 1}]\n },\n "b":\n  {"c": ["x"], "d": 1}\n}',
  );
  assert.equal(
    [line('a'), line('a', 'b'), line('a', 'c'), line('b'), line('b', 'c'), line('b', 'd')],
    [2, 3, 4, 6, 7, 7],
  );
  assert.is(line('nope'), 1);
  assert.is(line('__proto__'), 1);
});

test.run();
