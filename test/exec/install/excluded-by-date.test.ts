import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { notThereThen } from '../../../src/exec/install/excluded-by-date';

const test = suite('an index that had nothing then');

const moment = '2023-01-01T00:00:00Z';
const install = { declaration: '/app/requirements.txt', resolvedAsOf: moment };
const told = (wanted: string, hasDates: boolean) => ({
  _tag: 'NotThereThen',
  wanted,
  hasDates,
  moment,
  declaration: '/app/requirements.txt',
});

const UV =
  'hint: `lib` was filtered by `exclude-newer` to only include packages uploaded before 2023-01-01T00:00:00Z.';

test('what each tool says of it, and nothing without a date', () => {
  const pip = 'ERROR: Index https://u:p@h/simple/lib/ does not provide upload-time metadata.';
  assert.equal(notThereThen(install, pip), told('https://h/simple/lib/', false));
  assert.equal(notThereThen(install, UV), told('lib', true));
  // uv says both where an index tells no dates.
  const undated = `warning: \`lib-1-py3-none-any.whl\` is missing an upload date, but user provided: x\n${UV}`;
  assert.equal(notThereThen(install, undated), told('lib-1-py3-none-any.whl', false));
  assert.is(notThereThen({ ...install, resolvedAsOf: null }, UV), undefined);
  assert.is(notThereThen(install, 'error: No solution found'), undefined);
});

test.run();
