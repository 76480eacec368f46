import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../../../src/plan/values/hash';
import { isStale, manifestTable } from '../../../../src/plan/locks/locked/lock-freshness';

const test = suite('lock freshness');

test('stale where the hash is of none of the contents', () => {
  const hash = sha256('{"a": 1}');
  assert.is(isStale(hash, [{ a: 1n }]), false);
  assert.is(isStale(hash, [{ a: 2n }, { a: 1n }]), false);
  assert.is(isStale(hash, [{ a: 2n }]), true);
  assert.is(isStale(sha256('{"a":1}'), [{ a: 1n }], 'compact'), false);
  assert.is(isStale(hash, [{ a: 1n }], 'compact'), true);
});

test('nothing is claimed where a content cannot be written, or the hash is none', () => {
  assert.is(isStale(sha256('x'), [{ a: 2n }, { a: 1.5 }]), false);
  for (const hash of [undefined, '', 'abc', 5, `md5:${'0'.repeat(32)}`])
    assert.is(isStale(hash, [{}]), false);
});

test('whole numbers of a manifest are told from floats', () => {
  assert.equal({ ...manifestTable('a = 1\nb = 1.0\n') }, { a: 1n, b: 1 });
});

test('a manifest that Python may have read in another way is none', () => {
  assert.is(manifestTable('a = '), null);
  assert.is(manifestTable('a = """x\r\ny"""\r\n'), null);
  assert.is(manifestTable("a = '''x\r\ny'''"), null);
  assert.equal({ ...manifestTable('a = "x"\r\n') }, { a: 'x' });
  assert.equal({ ...manifestTable('a = """x\ny"""\n') }, { a: 'x\ny' });
});

test.run();
