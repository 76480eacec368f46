import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyOptions } from '../../../src/construct/props/dependency-options';
import { dependencyRequest } from '../../../src/construct/request/dependency-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { dependencyOptionErrors } from '../../../src/plan/options/dependency-option-errors';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('dependencies, as props have them');

test('by default', () => {
  assert.equal(dependencyRequest({}, {}), DEFAULT_DEPENDENCIES);
});

test('all', () => {
  const options = {
    from: 'uv.lock',
    groups: ['a'],
    extras: ['b'],
    index: 'https://a/simple',
    extraIndexes: ['https://b/simple'],
    requireHashes: true,
    omit: ['boto3'],
  };
  assert.equal(dependencyRequest({ ...options, slim: ['types'], exclude: ['!a.pyi'] }, {}), {
    ...options,
    hashes: true,
    urls: true,
    exclude: ['*.pyi', 'py.typed', '!a.pyi'],
  });
});

test('what is no option is no part of it, and is told by the plan', () => {
  const untyped = { slim: ['nope'], groups: 'dev' } as unknown as DependencyOptions;
  const dependencies = dependencyRequest(untyped, {});
  assert.equal({ ...dependencies, wrong: [] }, { ...DEFAULT_DEPENDENCIES, wrong: [] });
  assert.equal(dependencyOptionErrors({ dependencies }).map(showPlanError), [
    '`dependencies.slim[0]` is "nope", but must be one of "tests", "types", "sources".',
    '`dependencies.groups` is "dev", but must be a list of texts.',
  ]);
});

test('a Map has no options that could be read', () => {
  const dependencies = dependencyRequest(new Map([['groups', ['dev']]]) as DependencyOptions, {});
  assert.equal(dependencyOptionErrors({ dependencies }).map(showPlanError), [
    '`dependencies` is "a Map", but must be an object with options.',
  ]);
});

test('hashes are only left out where that is said', () => {
  const hashes = (poetryIncludeHashes?: boolean) =>
    dependencyRequest({}, poetryIncludeHashes === undefined ? {} : { poetryIncludeHashes }).hashes;
  assert.equal([hashes(), hashes(true), hashes(false)], [true, true, false]);
});

test('and so are indexes of a lock', () => {
  const urls = (poetryWithoutUrls: boolean) => dependencyRequest({}, { poetryWithoutUrls }).urls;
  assert.equal([urls(false), urls(true)], [true, false]);
});

test('a context that asks for hashes is a policy: no function takes it back', () => {
  const requireHashes = (context: unknown, own?: boolean) =>
    dependencyRequest(own === undefined ? {} : { requireHashes: own }, {}, { hashes: context }).requireHashes;
  for (const on of [true, 'true', 1, 'yes', ''])
    assert.equal([requireHashes(on), requireHashes(on, false)], [true, true], JSON.stringify(on));
  for (const off of [undefined, null, false, 'false'])
    assert.equal([requireHashes(off), requireHashes(off, true)], [false, true], JSON.stringify(off));
});

test.run();
