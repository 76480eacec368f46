import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder, writeTree } from '../support/temporary';
import { findFiles } from './find-files';
import { SUITES } from './suites';

const test = suite('test files');

test('files are found by their ending; fixtures are none', () => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'b/c.test.ts': '',
    'a.test.ts': "import 'x';\n\n// Runs alone: it measures time.\n",
    'b/helper.ts': '',
    'b/fixtures/d.test.ts': '',
  });
  assert.equal(findFiles(folder), [
    { name: 'a.test.ts', alone: 'it measures time.' },
    { name: 'b/c.test.ts' },
  ]);
});

test('each file of this repository belongs to one suite that a command runs', () => {
  // `coverage` is a part of `unit`.
  const suites = Object.entries(SUITES).filter(([name]) => name !== 'coverage');
  const wrong = findFiles(path.resolve(__dirname, '..')).flatMap(({ name }) => {
    const owners = suites.filter(([, suite]) => suite.has(name));
    return owners.length === 1 ? [] : [[name, owners.map(([owner]) => owner)]];
  });
  assert.equal(wrong, []);
  assert.ok(SUITES['unit']?.has('a/folder/of/tomorrow.test.ts'));
});

test.run();
