import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { variablesOfRun } from '../../../src/exec/variables/run-indexes';
import { temporaryFolder } from '../../support/temporary';

const test = suite('the indexes of one run');

/** The names of variables that a run gets, of those that name an index. */
const named = (line: string, furtherIndexes: boolean, isLocked = true): string => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'r.txt'), `${line}\nidna==3.10 --hash=sha256:aa\n`);
  const values = { PIP_INDEX_URL: 'https://i', UV_INDEX: 'https://u', UV_DEFAULT_INDEX: 'https://d' };
  const install = { isLocked, ...(furtherIndexes ? { furtherIndexes } : {}) };
  return Object.keys(variablesOfRun(install, folder, ['--requirement', 'r.txt'], values, [])).join(' ');
};

const EXTRA = '--extra-index-url https://c.example/simple';

test('a run whose file names an index has no other, and only one that may ask further ones has those', () => {
  assert.is(named('--index-url https://c.example/simple', true), '');
  assert.is(named(EXTRA, true), 'PIP_INDEX_URL UV_INDEX UV_DEFAULT_INDEX');
  assert.is(named(EXTRA, false), 'PIP_INDEX_URL UV_DEFAULT_INDEX');
  assert.is(named(EXTRA, false, false), 'PIP_INDEX_URL UV_INDEX UV_DEFAULT_INDEX');
});

test.run();
