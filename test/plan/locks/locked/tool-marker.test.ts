import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseToolMarker } from '../../../../src/plan/locks/locked/tool-marker';
import { evaluateMarker } from '../../../../src/plan/packaging/requirement/evaluate-marker';
import { markersOf } from '../../support/questions';

const test = suite('markers of Poetry and PDM');

const holds = (text: string, environment: Readonly<Record<string, string>> | null): boolean | string => {
  const parsed = parseToolMarker(text);
  return parsed._tag === 'Left' ? parsed.left : evaluateMarker(parsed.right, { environment });
};

test('an empty one holds everywhere, `<empty>` nowhere, and all others are those of PEP 508', () => {
  const target = markersOf('3.11');
  assert.is(holds('', target), true);
  assert.is(holds('<empty>', target), false);
  // Not even where every comparison counts as true.
  assert.is(holds('<empty>', null), false);
  assert.is(holds('python_version < "3.11"', target), false);
  assert.is(holds('python_version < "3.11"', null), true);
  assert.is(holds('<any>', target), '"any" is not a marker variable');
});

test.run();
