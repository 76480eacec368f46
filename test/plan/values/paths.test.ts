import * as path from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commonFolder, relativePath, staysInside } from '../../../src/plan/values/paths';

const test = suite('paths');

test('a path seen from a folder', () => {
  assert.is(relativePath('/a', '/a/b/c.py'), 'b/c.py');
  assert.is(relativePath('/a/b', '/a/c'), '../c');
  assert.is(relativePath('/a', '/a'), '.');
  assert.is(relativePath('/', '/a'), 'a');
});

test('what stays inside does not begin with a step up', () => {
  const inside = ['.', 'a', 'a/b', '..a', '...', 'a/..b', '..a/b'];
  const outside = ['..', '../a', '../..', '/', '/a'];
  assert.equal([...inside, ...outside].filter(staysInside), inside);
});

test('the common folder is whole names deep', () => {
  assert.is(commonFolder(['/a/b']), '/a/b');
  assert.is(commonFolder(['/a/b', '/a/bc']), '/a');
  assert.is(commonFolder(['/a/b', '/a/b/c/d']), '/a/b');
  assert.is(commonFolder(['/a/b/c', '/a/d', '/a/b']), '/a');
  assert.is(commonFolder(['/a', '/b']), '/');
});

const folder = fc
  .array(fc.constantFrom('a', 'b', 'c c', '..d'), { maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);

test('the common folder holds all, and none below it does', () => {
  fc.assert(
    fc.property(folder, fc.array(folder, { maxLength: 4 }), (first, rest) => {
      const folders = [first, ...rest] as const;
      const common = commonFolder([first, ...rest]);
      assert.ok(folders.every((each) => staysInside(relativePath(common, each))));
      const [child] = relativePath(common, first).split('/');
      const deeper = path.join(common, child ?? '');
      assert.ok(deeper === common || !folders.every((each) => staysInside(relativePath(deeper, each))));
    }),
  );
});

test('a relative path leads back to where it came from', () => {
  fc.assert(
    fc.property(folder, folder, (from, to) => {
      assert.is(path.resolve(from, relativePath(from, to)), path.resolve(to));
    }),
  );
});

test.run();
