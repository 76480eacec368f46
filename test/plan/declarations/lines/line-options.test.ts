import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asWord, lineOptions, oneOptionEach } from '../../../../src/plan/declarations/lines/line-options';

const test = suite('options of a line');

/** As `known=value`; `?` for what is no option. */
const read = (text: string): string =>
  lineOptions(text)
    .map(({ name, known, value }) => `${known ?? `?${name}`}${value === undefined ? '' : `=${value}`}`)
    .join(' ');

test('a value follows behind `=`, behind a blank, or at once', () => {
  assert.is(
    read('--index-url=https://a --pre -ihttps://b -f ./links'),
    '--index-url=https://a --pre -i=https://b -f=./links',
  );
  assert.is(read('--hash "sha256:a b" --no-index'), '--hash=sha256:a b --no-index');
  assert.is(read('--config-settings=\'--x="1"\''), '--config-settings=--x="1"');
  assert.is(read('six -- 1 --pre'), '?-- --pre');
});

test('an abbreviation is the option that alone begins so', () => {
  assert.is(read('--ha=a --trusted h --no-i'), '--hash=a --trusted-host=h --no-index');
  assert.is(read('--no --only --re x'), '?--no ?--only ?--re');
  assert.is(read('--nothing'), '?--nothing');
});

test('several options become a line each', () => {
  assert.equal(oneOptionEach('--pre --index-url https://a'), ['--pre', '--index-url https://a']);
  assert.equal(oneOptionEach('--ind https://a --pre'), ['--index-url https://a', '--pre']);
  assert.equal(oneOptionEach("--pre -f 'a b'"), ['--pre', '-f "a b"']);
  assert.equal(oneOptionEach('-f ./a -f https://b'), ['-f ./a', '-f https://b']);
});

test('a line stays that has one, that nothing reads, that includes a file, lacks a value, or has two folders of links', () => {
  for (const line of [
    '--pre',
    '--pre --nothing',
    '--pre -r more.txt',
    '--pre --constraint c.txt',
    '--pre -e ./x',
    '--pre --index-url',
    '--pre --index-url=',
    '-f ./a -f ./b',
    '--pre --no',
  ])
    assert.equal(oneOptionEach(line), [line], line);
});

test('a value is quoted where it has to be', () => {
  assert.equal(['a', 'a b', 'a"b', "a'b"].map(asWord), ['a', '"a b"', `'a"b'`, `"a'b"`]);
});

test.run();
