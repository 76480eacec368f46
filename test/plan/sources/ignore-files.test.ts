import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ignoreFiles } from '../../../src/plan/sources/ignore-files';

const test = suite('several .gitignore files together');

const ROWS: readonly (readonly [
  files: Readonly<Record<string, string>>,
  path: string,
  isIgnored: boolean,
])[] = [
  [{ '': '*.log\n' }, 'a/b.log', true],
  [{ '': '/b.log\n' }, 'a/b.log', false],
  [{ '': 'a/b.log\n' }, 'a/b.log', true],
  [{ '': 'a/b.log\n' }, 'c/a/b.log', false],
  [{ '': 'secret/\n' }, 'a/secret/x', true],
  [{ '': 'secret/\n' }, 'a/secret', false],
  [{ a: '/b.log\n' }, 'a/b.log', true],
  [{ a: '/b.log\n' }, 'b.log', false],
  [{ a: 'b.log\n' }, 'a/c/b.log', true],
  [{ a: 'b.log\n' }, 'ab/b.log', false],
  // A deeper file has the last word, but for what lies in a folder that is ignored.
  [{ '': '*.log\n', a: '!b.log\n' }, 'a/b.log', false],
  [{ a: '!b.log\n', '': '*.log\n' }, 'a/b.log', false],
  [{ '': 'a/\n', a: '!b.log\n' }, 'a/b.log', true],
  // Names with signs of patterns stand for themselves.
  [{ 'a[1]': '/b\n' }, 'a[1]/b', true],
  [{ 'a[1]': '/b\n' }, 'a1/b', false],
  [{ '': '# *\n\n  \nx\r\n' }, 'x', true],
  [{ '': '# *\n\n  \nx\r\n' }, 'y', false],
  [{ a: '\\#x\n' }, 'a/#x', true],
];

for (const [files, file, isIgnored] of ROWS) {
  test(`${JSON.stringify(files)} ${isIgnored ? 'ignores' : 'keeps'} ${file}`, () => {
    const ignores = ignoreFiles(Object.entries(files).map(([folder, text]) => ({ folder, text })));
    assert.is(ignores(file), isIgnored);
  });
}

test.run();
