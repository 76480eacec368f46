import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseMarker } from '../../../../src/plan/packaging/requirement/marker';
import {
  joinMarkers,
  negateMarker,
  showMarker,
} from '../../../../src/plan/packaging/requirement/marker-text';

const test = suite('marker text');

const again = (text: string): string | undefined => {
  const parsed = parseMarker(text);
  return parsed._tag === 'Right' ? showMarker(parsed.right) : undefined;
};

const opposite = (text: string): string | undefined => {
  const parsed = parseMarker(text);
  const negated = parsed._tag === 'Right' ? negateMarker(parsed.right) : undefined;
  return negated === undefined ? undefined : showMarker(negated);
};

test('a marker as it is written, with the parentheses that it needs', () => {
  assert.is(
    again(`os_name=='a' and(os_name=="b" or 'c' not in os_name)`),
    'os_name == "a" and (os_name == "b" or "c" not in os_name)',
  );
  assert.is(again(`os_name == '"'`), `os_name == '"'`);
});

test('the opposite of a marker', () => {
  assert.is(opposite(`os_name == 'a' and python_version < '3'`), 'os_name != "a" or python_version >= "3"');
  assert.is(opposite(`os_name != 'a' or python_version >= '3'`), 'os_name == "a" and python_version < "3"');
  assert.is(
    opposite(`python_version > '3' or python_version <= '2'`),
    'python_version <= "3" and python_version > "2"',
  );
  assert.is(opposite(`'a' in os_name or 'b' not in os_name`), '"a" not in os_name and "b" in os_name');
  assert.is(opposite(`os_name === 'a'`), 'os_name != "a"');
  assert.is(opposite(`python_version ~= '3.1' or os_name == 'a'`), undefined);
});

test('markers that must all hold', () => {
  assert.is(joinMarkers([null, null]), null);
  assert.is(joinMarkers([null, 'a', 'a']), 'a');
  assert.is(joinMarkers(['a or b', null, 'c']), '(a or b) and (c)');
});

test.run();
