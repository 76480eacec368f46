import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pdmEdge } from '../../../../src/plan/locks/pdm/pdm-graph';
import { readStandardDependency } from '../../../../src/plan/locks/poetry/poetry-dependency';

const test = suite('requirements of a manifest that cannot be read');

const TEXT = 'shop @ https://user:secret@host/shop.whl and more';

const SAID = '"shop @ https://host/shop.whl and more": its URL has white space in it';

test('are shown without the password of a URL', () => {
  const [poetry, pdm] = [readStandardDependency(TEXT, false), pdmEdge(TEXT)];
  assert.is(isLeft(poetry) && poetry.left, SAID);
  assert.is(isLeft(pdm) && pdm.left, SAID);
});

test.run();
