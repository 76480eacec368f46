import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseMarker } from '../../../../src/plan/packaging/requirement/marker';

const test = suite('marker');

const variable = (name: string) => ({ _tag: 'Variable', name });
const text = (value: string) => ({ _tag: 'Text', text: value });
const comparison = (left: object, operator: string, right: object) => ({
  _tag: 'Comparison',
  left,
  operator,
  right,
});
const os = comparison(variable('os_name'), '==', text('posix'));
const linux = comparison(variable('sys_platform'), '==', text('linux'));
const win = comparison(text('win'), 'in', variable('sys_platform'));

const parsed = (marker: string): unknown => {
  const result = parseMarker(marker);
  return result._tag === 'Right' ? result.right : result.left;
};

test('a comparison has a variable or a text on either side, in either quotes', () => {
  assert.equal(parsed(`os_name == "posix"`), os);
  assert.equal(parsed(` os_name=='posix'\n`), os);
  assert.equal(parsed(`"win" in sys_platform`), win);
  assert.equal(parsed(`'"' == "'"`), comparison(text('"'), '==', text("'")));
});

test('every operator', () => {
  for (const operator of ['==', '!=', '<', '<=', '>', '>=', '~=', '===', 'in', 'not in'])
    assert.equal(
      parsed(`python_version ${operator} '3.9'`),
      comparison(variable('python_version'), operator, text('3.9')),
    );
  assert.equal(parsed(`'a' not \t in os_name`), comparison(text('a'), 'not in', variable('os_name')));
});

test('and binds closer than or, and parentheses closest', () => {
  const [a, b, c] = [`os_name == 'posix'`, `sys_platform == 'linux'`, `'win' in sys_platform`];
  assert.equal(parsed(`${a} or ${b} and ${c}`), {
    _tag: 'Or',
    parts: [os, { _tag: 'And', parts: [linux, win] }],
  });
  assert.equal(parsed(`(${a} or ${b})and(${c})`), {
    _tag: 'And',
    parts: [{ _tag: 'Or', parts: [os, linux] }, win],
  });
  assert.equal(parsed(`${a} or ${b} or ${c}`), { _tag: 'Or', parts: [os, linux, win] });
});

test('names from before PEP 508', () => {
  const name = (marker: string) => (parsed(`${marker} == ''`) as { left: { name: string } }).left.name;
  assert.equal(['os.name', 'sys.platform', 'platform.version', 'platform.machine'].map(name), [
    'os_name',
    'sys_platform',
    'platform_version',
    'platform_machine',
  ]);
  assert.is(name('platform.python_implementation'), 'platform_python_implementation');
  assert.is(name('python_implementation'), 'platform_python_implementation');
});

test('a set of names is only asked for its members', () => {
  assert.equal(parsed(`'x' in extras`), comparison(text('x'), 'in', variable('extras')));
  assert.equal(
    parsed(`'x' not in dependency_groups`),
    comparison(text('x'), 'not in', variable('dependency_groups')),
  );
  const reason = 'extras and dependency_groups can only stand after "in" or "not in"';
  assert.is(parsed(`'x' == extras`), reason);
  assert.is(parsed(`dependency_groups in 'x'`), reason);
});

test('what is no marker, and why', () => {
  assert.is(parsed(''), 'a variable or a text was expected, not the end');
  assert.is(parsed(`os_name`), 'a comparison was expected, not the end');
  assert.is(parsed(`os_name == `), 'a variable or a text was expected, not the end');
  assert.is(parsed(`os_name 'posix'`), `a comparison was expected, not 'posix'`);
  assert.is(parsed(`== 'posix'`), 'a variable or a text was expected, not ==');
  assert.is(parsed(`os_name == 'posix' and`), 'a variable or a text was expected, not the end');
  assert.is(parsed(`(os_name == 'posix'`), '")" was expected, not the end');
  assert.is(parsed(`os_name == 'posix')`), '"and", "or" or the end was expected, not ")"');
  assert.is(parsed(`os_name == 'posix' 'x'`), `"and", "or" or the end was expected, not 'x'`);
  assert.is(parsed(`os_name == 'posix`), `"'posix" cannot be read`);
  assert.is(parsed(`color == 'red'`), '"color" is not a marker variable');
  assert.is(parsed(`'3' not inside`), '"not" is not a marker variable');
  assert.is(parsed(`'3' not python_version`), '"not" is not a marker variable');
  assert.is(parsed(`os_name == "a" & and and and and and`), '"& and and and and an…" cannot be read');
});

test('no text takes long, and none throws', () => {
  const deep = `${'('.repeat(100)}os_name == 'posix'${')'.repeat(100)}`;
  assert.equal(parsed(deep), os);
  assert.is(parsed(`(${deep})`), 'its parentheses are nested too deeply');
  assert.is(parsed('('.repeat(200_000)), 'its parentheses are nested too deeply');
  assert.is(parsed(`not${' '.repeat(200_000)}x`), '"not" is not a marker variable');
  assert.is(parsed(`"${'a'.repeat(200_000)}`), `"\\"aaaaaaaaaaaaaaaaaaa…" cannot be read`);
  assert.is(parsed(' '.repeat(200_000)), 'a variable or a text was expected, not the end');
  const long = parsed(Array.from({ length: 20_000 }, () => `os_name == 'posix'`).join(' and '));
  assert.is((long as { parts: unknown[] }).parts.length, 20_000);
});

test.run();
