import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unsupportedFiles } from '../../../src/plan/sources/unsupported-files';
import { file, folder, requirements, requiring, snapshot } from '../support/world';

const test = suite('unsupported files');

const MISNAMED = 'file whose name is a path on another system';
const CONTROL = 'requirements file that names a path with a control character in it';

test('odd names are fine', () => {
  const names = ["it's.txt", 'a b', '$(touch x).py', '-x', 'größe', 'a\nb', 'a\\b', 'c:x', '..a'];
  assert.equal(unsupportedFiles(snapshot({ files: names.map((name) => file(name)) })), []);
});

test('names that lead elsewhere on another system are not', () => {
  const files = [file('..\\x'), file('ok'), file('C:\\x.py')];
  assert.equal(unsupportedFiles(snapshot({ files })), [
    { _tag: 'UnsupportedFile', path: '/app/lib/..\\x', kind: MISNAMED },
    { _tag: 'UnsupportedFile', path: '/app/lib/C:\\x.py', kind: MISNAMED },
  ]);
});

test('nor those of local packages', () => {
  const local = folder('y', '/app/y', [file('a\\..\\b'), file('setup.py')]);
  assert.equal(unsupportedFiles(requiring('-e ../y\n', local)), [
    { _tag: 'UnsupportedFile', path: '/app/y/a\\..\\b', kind: MISNAMED },
  ]);
});

test('a path that would be two lines of a requirements file is refused; one above it does not matter', () => {
  const odd = folder('y', '/app/a\nb');
  assert.equal(unsupportedFiles(requiring('-e file:///app/a%0Ab\n-e ..\n', odd)), [
    { _tag: 'UnsupportedFile', path: '/app/lib/requirements.txt', kind: CONTROL },
  ]);
  const above = requirements({ '/a\nb/requirements.txt': '-e ./y\n' }, [folder('y', '/a\nb/y')]);
  assert.equal(unsupportedFiles(snapshot({ requirements: above })), []);
});

test.run();
