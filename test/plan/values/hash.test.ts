import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byText, sha256 } from '../../../src/plan/values/hash';

const test = suite('hash');

test('SHA-256 in hexadecimal, of bytes or of UTF-8', () => {
  assert.is(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.is(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.is(sha256('ä'), sha256(Uint8Array.of(0xc3, 0xa4)));
});

test('texts are ordered by code unit, whatever the locale', () => {
  assert.equal(['b', 'ä', 'a', 'B', 'a/b', 'a-b', 'Z', 'a'].sort(byText), [
    'B',
    'Z',
    'a',
    'a',
    'a-b',
    'a/b',
    'b',
    'ä',
  ]);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.is(Math.sign(byText(a, b)), -Math.sign(byText(b, a)) + 0);
      assert.is(byText(a, b) === 0, a === b);
    }),
  );
});

test.run();
