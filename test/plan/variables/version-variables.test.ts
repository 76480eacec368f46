import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { versionsToDate } from '../../../src/plan/variables/upload-dates';
import {
  optionsForUv,
  refusedVariables,
  versionsForBoth,
} from '../../../src/plan/variables/version-variables';

const test = suite('variables that choose versions');

test('a date is moved by a day, as uv counts the day and pip does not', () => {
  assert.is(versionsToDate('2023-12-31', 'pip'), '2024-01-01');
  assert.is(versionsToDate('2024-01-01', 'uv'), '2023-12-31');
  assert.is(versionsToDate('2024-02-28', 'pip'), '2024-02-29');
  assert.is(versionsToDate('2024-03-01', 'uv'), '2024-02-29');
  assert.is(versionsToDate('2023-03-01', 'uv'), '2023-02-28');
  assert.is(versionsToDate('2023-04-30', 'pip'), '2023-05-01');
  assert.is(versionsToDate('2023-04-31', 'pip'), undefined);
  assert.is(versionsToDate('2023-04-30T01:02:03Z', 'pip'), '2023-04-30T01:02:03Z');
  assert.is(versionsToDate('2023-04-30 01:02:03+02:00', 'uv'), '2023-04-30T01:02:03+02:00');
  assert.is(versionsToDate('2023-04-30T01:02:03', 'uv'), undefined);
  assert.equal([versionsToDate('P7D', 'uv'), versionsToDate('P7D', 'pip')], ['P7D', undefined]);
});

test("the bundle's value counts before the machine's, also under the other installer's name", () => {
  assert.equal(versionsForBoth({ PIP_CONSTRAINT: '/machine' }, { UV_CONSTRAINT: '/app' }), {
    UV_CONSTRAINT: '/app',
    PIP_CONSTRAINT: '/app',
  });
  assert.equal(versionsForBoth({ PIP_PRE: '1' }, { UV_PRERELEASE: 'disallow' }), {
    PIP_PRE: '',
    PIP_ONLY_FINAL: ':all:',
  });
  assert.equal(versionsForBoth({ UV_PRERELEASE: 'disallow' }, { PIP_PRE: '1' }), { UV_PRERELEASE: 'allow' });
});

test('each installer reads its own where the machine has both', () => {
  assert.equal(
    versionsForBoth({ UV_EXCLUDE_NEWER: '2024-01-01', PIP_UPLOADED_PRIOR_TO: '2023-01-01' }, {}),
    {},
  );
  assert.equal(versionsForBoth({ PIP_BUILD_CONSTRAINT: '/a /b' }, {}), {
    UV_BUILD_CONSTRAINT: '/a /b',
    PIP_BUILD_CONSTRAINT: '/a /b',
  });
});

test("a date of the bundle that pip cannot read is refused, also where the machine has one of pip's", () => {
  const [own, given] = [{ PIP_UPLOADED_PRIOR_TO: '2023-01-01' }, { UV_EXCLUDE_NEWER: '3 days' }];
  const values = { ...own, ...given, ...versionsForBoth(own, given) };
  const refused = (isDated: boolean) =>
    refusedVariables({ ...own, ...given }, values, { tool: 'pip', version: '26.3.0', isDated });
  assert.equal(refused(false), [{ name: 'UV_EXCLUDE_NEWER', because: 'value' }]);
  assert.equal(refused(true), []);
});

test('what uv has no variable for is an option', () => {
  assert.equal(optionsForUv({ UV_NO_INDEX: '1', PIP_NO_DEPENDENCIES: 'true' }), ['--no-index', '--no-deps']);
  assert.equal(optionsForUv({ PIP_NO_DEPS: '0' }), []);
});

test.run();
