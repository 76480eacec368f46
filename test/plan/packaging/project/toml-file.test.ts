import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseToml } from '../../../../src/plan/packaging/project/toml-file';
import { itemsAt, tableAt, tablesAt, textAt, valueAt } from '../../../../src/plan/values/toml-values';

const test = suite('toml file');

test('a file as a table', () => {
  const result = parseToml({ file: '/p/a.toml', text: 'a = 1\n[b]\nc = "d"\n' });
  assert.is(JSON.stringify(result), '{"_tag":"Right","right":{"a":1,"b":{"c":"d"}}}');
});

test('an error has the line, and its reason in one line', () => {
  assert.equal(parseToml({ file: '/p/a.toml', text: 'a = 1\r\n\r\nb = ?\r\n' }), {
    _tag: 'Left',
    left: { _tag: 'InvalidDeclaration', file: '/p/a.toml', line: 3, reason: 'invalid value' },
  });
});

test('deep nesting is refused, not followed', () => {
  const result = parseToml({ file: '/p/a.toml', text: `a = ${'['.repeat(100_000)}` });
  assert.is(result._tag, 'Left');
});

test('what lies under a path of keys, or nothing', () => {
  const table = { a: { b: 'text', c: ['x', { d: 1 }, 2024], date: new Date(0) } };
  assert.is(textAt(table, 'a', 'b'), 'text');
  assert.is(textAt(table, 'a', 'c'), undefined);
  assert.is(tableAt(table, 'a', 'b'), undefined);
  assert.is(tableAt(table, 'a', 'c'), undefined);
  assert.is(tableAt(table, 'a', 'date'), undefined);
  assert.is(valueAt(table, 'x', 'y'), undefined);
  assert.is(valueAt(null, 'x'), undefined);
  assert.equal(itemsAt(table, 'a', 'c'), ['x', { d: 1 }, 2024]);
  assert.equal(itemsAt(table, 'a'), []);
  assert.equal(tablesAt(table, 'a', 'c'), [{ d: 1 }]);
});

test('what all objects inherit is not in a file, and a file changes no object', () => {
  assert.is(valueAt({}, 'constructor', 'name'), undefined);
  assert.is(valueAt({}, '__proto__'), undefined);
  const result = parseToml({ file: '/p/a.toml', text: '[__proto__]\nevil = "yes"\n' });
  assert.is(textAt(result._tag === 'Right' ? result.right : {}, '__proto__', 'evil'), 'yes');
  assert.is(valueAt({}, 'evil'), undefined);
  assert.is(({} as { evil?: unknown }).evil, undefined);
});

test.run();
