import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { logicalLines, physicalLines } from '../../../../src/plan/declarations/lines/logical-lines';

const test = suite('logical lines');

const read = (text: string): readonly string[] =>
  logicalLines(text).map((line) => `${line.at.from}-${line.at.to} ${line.text}`);

test('lines end in any of the three ways, and a byte order mark is none', () => {
  assert.equal(physicalLines('\ufeffa\r\nb\rc\nd'), ['a', 'b', 'c', 'd']);
  assert.equal(physicalLines('a\ufeffb'), ['a\ufeffb']);
  assert.equal(physicalLines(''), ['']);
  assert.equal(read('\ufeffa\r\nb\rc\nd'), ['1-1 a', '2-2 b', '3-3 c', '4-4 d']);
});

test('empty lines and comments are counted and left out', () => {
  assert.equal(read('# a\n\n  \t\n  # b\nsix # c\n'), ['5-5 six']);
});

test('a comment begins at the start or after white space', () => {
  assert.equal(read('a#b\na #b\na\t# b\na ## b # c\nhttps://h/x#egg=x #y\n'), [
    '1-1 a#b',
    '2-2 a',
    '3-3 a',
    '4-4 a',
    '5-5 https://h/x#egg=x',
  ]);
  assert.equal(read('a # b\u2028c'), ['1-1 a']);
});

test('a backslash joins the next line, with nothing in between', () => {
  assert.equal(read('six \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\nx\n'), [
    '1-3 six     --hash=sha256:0     --hash=sha256:1',
    '4-4 x',
  ]);
  assert.equal(read('./li\\\nbs/x\r\n'), ['1-2 ./libs/x']);
  assert.equal(read('./li\\\r\nbs/x\r\n'), ['1-2 ./libs/x']);
});

test('a comment ends the line it stands on', () => {
  assert.equal(read('six \\\n# a\n./x\n'), ['1-2 six', '3-3 ./x']);
  assert.equal(read('six # a \\\n./x\n'), ['1-1 six', '2-2 ./x']);
  assert.equal(read('# a \\\n./x\n'), ['2-2 ./x']);
});

test('a backslash at the very end joins nothing', () => {
  assert.equal(read('six \\'), ['1-1 six']);
  assert.equal(read('six \\\n'), ['1-2 six']);
  assert.equal(read('-e \\\n../y \\'), ['1-2 -e ../y']);
  assert.equal(read('\\\n\\\n'), []);
});

test('a line of white space takes no longer than its length', () => {
  const line = `a${' '.repeat(300_000)}b`;
  const started = performance.now();
  assert.is(logicalLines(line)[0]?.text, line);
  assert.ok(performance.now() - started < 2000);
});

test.run();
