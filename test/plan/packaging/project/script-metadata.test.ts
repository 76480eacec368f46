import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readScriptMetadata } from '../../../../src/plan/packaging/project/script-metadata';

const test = suite('script metadata');

const FILE = '/repo/x.py';

const read = (...lines: readonly string[]): unknown => {
  const result = readScriptMetadata({ file: FILE, text: lines.join('\n') });
  return result._tag === 'Right' ? result.right : result.left;
};

test('what the script asks for, with the lines of the script', () => {
  assert.equal(
    read(
      '#!/usr/bin/env python',
      '',
      '# /// script',
      '# requires-python = ">=3.11"',
      '# dependencies = [',
      '#   "six",',
      '#',
      '#   "lib>=1",',
      '# ]',
      '# [tool.uv.sources]',
      '# lib = { path = "lib" }',
      '# ///',
      'import six',
    ),
    {
      requirements: [{ text: 'six', line: 6 }],
      locals: [{ name: 'lib', extras: [], marker: null, path: 'lib', line: 8 }],
      workspaceMembers: [],
      fetched: [],
      indexed: [],
      requiresPython: { text: '>=3.11', line: 4 },
    },
  );
});

test('no metadata', () => {
  assert.is(read('import six'), null);
  assert.is(read('# /// other', '# dependencies = ["six"]', '# ///'), null);
});

test('errors have the lines of the script', () => {
  const invalid = (line: number, reason: string) => ({
    _tag: 'InvalidDeclaration',
    file: FILE,
    line,
    reason,
  });
  assert.equal(read('', '# /// script', '# a = 1', '# b = ?', '# ///'), [invalid(4, 'invalid value')]);
  assert.equal(read('# /// script', '# x = 1', '# dependencies = "six"', '# ///'), [
    invalid(3, 'dependencies is not a list of texts'),
  ]);
  assert.equal(read('# /// script', '# dependencies = [1]', '# ///'), [
    invalid(2, 'dependencies is not a list of texts'),
  ]);
  assert.equal(read('# /// script', '# dependencies = ["six",', '#  "a b"]', '# ///'), [
    {
      _tag: 'InvalidRequirement',
      file: FILE,
      line: 3,
      text: 'a b',
      reason: 'the version specifier "b" does not parse',
    },
  ]);
  assert.equal(read('# /// script', '# a = 1', '# ///', '', '# /// script', '# a = 1', '# ///'), [
    invalid(5, 'there is a second block "# /// script"; the first is on line 1'),
  ]);
});

test.run();
