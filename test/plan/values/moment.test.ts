import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isMoment, momentOf } from '../../../src/plan/values/moment';

const test = suite('moment');

test('a date, or a time with its zone', () => {
  for (const text of [
    '2026-11-01',
    '2024-02-29',
    '2026-11-01T12:00:00Z',
    '2026-11-01t12:00:00.123456789z',
    '2026-11-01T12:00:00+02:00',
  ])
    assert.ok(isMoment(text), text);
});

test('nothing else', () => {
  for (const text of [
    '',
    'yesterday',
    '2026-13-01',
    '2026-00-10',
    '2025-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-11-01T12:00:00',
    '2026-11-01 12:00:00Z',
    '2026-11-01T24:00:00Z',
    '2026-11-01T12:60:00Z',
    '2026-11-01T12:00:60Z',
    '2026-11-01T12:00:00+25:00',
    '1 week',
    'P7D',
    '2026-11-01\n',
  ])
    assert.not.ok(isMoment(text), text);
});

test('an installer gets a moment, the same in each zone', () => {
  assert.is(momentOf('2026-11-01'), '2026-11-01T00:00:00Z');
  assert.is(momentOf('2026-11-01T12:00:00+02:00'), '2026-11-01T12:00:00+02:00');
});

test.run();
