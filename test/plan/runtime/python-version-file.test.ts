import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstVersionLine, readPythonVersionFile } from '../../../src/plan/runtime/python-version-file';

const test = suite('.python-version');

const read: Readonly<Record<string, string | undefined>> = {
  '3.11': '3.11',
  '3.11\n': '3.11',
  '3.11.7': '3.11',
  '3.9': '3.9',
  '  3.13  \r\n': '3.13',
  '\ufeff3.12': '3.12',
  'python-3.11.7': '3.11',
  'python3.11': '3.11',
  'cpython-3.11.7-linux-x86_64-gnu': '3.11',
  'cpython@3.12': '3.12',
  '3.14-dev': '3.14',
  '3.13t': '3.13',
  '# which Python\n\n3.10 # not 3.11\n3.12\n': '3.10',
  '3.8\r3.9': '3.8',
  'pypy3.10-7.3.12': undefined,
  'pypy-3.10': undefined,
  'miniconda3-latest': undefined,
  'graalpy-3.10': undefined,
  system: undefined,
  '3': undefined,
  '>=3.11': undefined,
  'pypy3.9\n3.11': undefined,
  '# 3.11': undefined,
  '': undefined,
};

for (const [text, version] of Object.entries(read)) {
  test(`${JSON.stringify(text)} says ${version ?? 'nothing that is known'}`, () => {
    assert.is(readPythonVersionFile(text), version);
  });
}

test('the first version is the first line that is no comment', () => {
  assert.is(firstVersionLine('# a\n\n  pypy3.9 # b\n3.11'), 'pypy3.9');
  assert.is(firstVersionLine('# a\n \n'), undefined);
  assert.is(firstVersionLine(''), undefined);
});

test.run();
