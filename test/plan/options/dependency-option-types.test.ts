import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { givenOptions } from '../../../src/plan/options/dependency-option-types';

const test = suite('options of dependencies, as untyped code may give them');

test('what is no option, or no value of one, is told and left out', () => {
  const given = {
    from: 5,
    groups: 'dev',
    extras: ['a', 1],
    omit: ['boto3'],
    slim: ['tests', 'nope'],
    requireHashes: 'yes',
    exclude: undefined,
    password: 'secret',
  };
  const kinds = 'one of "tests", "types", "sources"';
  const names =
    'from, groups, extras, index, extraIndexes, requireHashes, requirePinned, resolvedAsOf, omit, exclude, slim';
  assert.equal(givenOptions(given), {
    options: { omit: ['boto3'] },
    wrong: [
      { option: 'dependencies.from', given: '5', expected: 'a text' },
      { option: 'dependencies.groups', given: 'dev', expected: 'a list of texts' },
      { option: 'dependencies.extras[1]', given: '1', expected: 'a text' },
      { option: 'dependencies.slim[1]', given: 'nope', expected: kinds },
      { option: 'dependencies.requireHashes', given: 'yes', expected: 'true or false' },
      {
        option: 'dependencies.password',
        given: 'a string',
        expected: `left out: there is no such option, only ${names}`,
      },
    ],
  });
  assert.equal(givenOptions({ slim: 'tests' }).wrong, [
    { option: 'dependencies.slim', given: 'tests', expected: 'true, false or a list of kinds' },
  ]);
  assert.equal(givenOptions('uv.lock').wrong, [
    { option: 'dependencies', given: 'uv.lock', expected: 'an object with options' },
  ]);
});

test('what is no object, and names that all objects have', () => {
  for (const given of [null, ['uv.lock'], 1]) assert.is(givenOptions(given).wrong[0]?.option, 'dependencies');
  assert.is(givenOptions({ constructor: 1 }).wrong[0]?.option, 'dependencies.constructor');
});

test('what is right stays as it is', () => {
  const options = { from: 'uv.lock', slim: ['tests'], exclude: ['*.x'], requireHashes: false };
  assert.equal(givenOptions(options), { options, wrong: [] });
  assert.equal(givenOptions({ slim: true }), { options: { slim: true }, wrong: [] });
});

test.run();
