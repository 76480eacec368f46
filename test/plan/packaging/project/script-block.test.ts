import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scriptBlocks } from '../../../../src/plan/packaging/project/script-block';

const test = suite('script block');

const read = (...lines: readonly string[]) => scriptBlocks(lines.join('\n'), 'script');

test('the comment lines between the two signs, and the line of the first', () => {
  assert.equal(read('x = 1', '# /// script', '# a = 1', '#', '#   b', '# ///', 'y'), [
    { text: 'a = 1\n\n  b', line: 2 },
  ]);
  assert.equal(scriptBlocks('\ufeff# /// script\r\n# a\r\n# ///\r\n', 'script'), [{ text: 'a', line: 1 }]);
});

test('a block goes up to the last end within its comment lines', () => {
  assert.equal(read('# /// script', '# a', '# ///', '# b', '# ///'), [{ text: 'a\n///\nb', line: 1 }]);
  assert.equal(read('# /// script', '# a', '# ///', '#b', '# ///'), [{ text: 'a', line: 1 }]);
  assert.equal(read('# /// other', '# a', '# /// script', '# b', '# ///'), []);
});

test('what is no block', () => {
  assert.equal(read('# /// script', '# a'), []);
  assert.equal(read('# /// script', '# a', '', '# ///'), []);
  assert.equal(read('# /// script', '#a', '# ///'), []);
  assert.equal(read('# /// script', '# ///'), []);
  assert.equal(read(' # /// script', '# a', '# ///'), []);
  assert.equal(read('# /// script ', '# a', '# ///'), []);
  assert.equal(read('# ///script', '# a', '# ///'), []);
});

test('one without an end hides no other', () => {
  assert.equal(read('# /// script', 'x', '# /// script', '# b', '# ///'), [{ text: 'b', line: 3 }]);
});

test('many beginnings without an end take no long time', () => {
  assert.equal(scriptBlocks('# /// script\n'.repeat(200_000), 'script'), []);
});

test('several', () => {
  assert.equal(read('# /// script', '# a', '# ///', '', '# /// script', '# b', '# ///'), [
    { text: 'a', line: 1 },
    { text: 'b', line: 5 },
  ]);
});

test.run();
