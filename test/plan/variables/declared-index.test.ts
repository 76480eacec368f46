import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clearedIndexes, withoutOtherIndexes } from '../../../src/plan/variables/declared-index';

const test = suite('an index that the requirements name');

const OWN = {
  PIP_INDEX_URL: 'a',
  UV_DEFAULT_INDEX: 'b',
  UV_INDEX: 'c',
  UV_INDEX_CORP_USERNAME: 'u',
  PATH: '/bin',
};

test('the indexes of the machine are not asked beside it', () => {
  for (const line of [
    '-i https://h/simple',
    '--index-url https://h/simple',
    '  --index-url=https://h',
    '-ihttps://h',
  ])
    assert.equal(
      withoutOtherIndexes(OWN, ['six\n', `six\n${line}\n`]),
      { UV_INDEX_CORP_USERNAME: 'u', PATH: '/bin' },
      line,
    );
  assert.is(clearedIndexes(['-i https://h/simple'])['UV_DEFAULT_INDEX'], '');
});

test('they are where the requirements name none, or only a further one', () => {
  for (const text of [
    'six\n',
    '--extra-index-url https://h\n',
    '# --index-url https://h\n',
    'six --index-urls\n',
  ]) {
    assert.is(withoutOtherIndexes(OWN, [text]), OWN, text);
    assert.equal(clearedIndexes([text]), {}, text);
  }
});

test.run();
