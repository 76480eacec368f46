import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { variablesOfRun } from '../../src/exec/run-indexes';
import { temporaryFolder } from '../support/temporary';

const test = suite('the indexes of one run');

const EXTRA = '--extra-index-url https://c.example/simple';
const IDNA = 'idna==3.10 --hash=sha256:aa';

/** The strategy by which uv asks the indexes. */
const strategy = (lines: readonly string[], isLocked = true, ...more: readonly string[]) => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'r.txt'), `${lines.join('\n')}\n`);
  const argv = [...more, '--requirement', 'r.txt'];
  return variablesOfRun({ isLocked, furtherIndexes: true }, folder, argv, {}, []).UV_INDEX_STRATEGY;
};

test('uv asks all indexes of a locked package that has hashes', () => {
  assert.is(strategy([EXTRA, IDNA]), 'unsafe-best-match');
});

test('it asks the first alone where no hash decides, or something is built', () => {
  assert.is(strategy([IDNA]), undefined);
  assert.is(strategy([EXTRA, IDNA, 'six==1']), undefined);
  assert.is(strategy([EXTRA, IDNA], false), undefined);
  assert.is(strategy([EXTRA, '--no-binary idna', IDNA]), undefined);
  assert.is(strategy([EXTRA, IDNA], true, '--no-binary', 'idna'), undefined);
});

test.run();
