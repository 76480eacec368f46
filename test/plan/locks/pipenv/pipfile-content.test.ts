import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import { pipfileCategories, pipfileContents } from '../../../../src/plan/locks/pipenv/pipfile-content';

const test = suite('pipfile content');

test('names as written or normalized, with categories or without', () => {
  const _meta = {
    sources: [{ name: 'pypi', url: DEFAULT_INDEX, verify_ssl: true }],
    requires: {},
  };
  const pipfile = { packages: { My_Pkg: '*' }, scripts: { a: 'b' }, Docs: { 'A.b': '*' } };
  assert.equal(pipfileContents(pipfile), [
    { _meta, default: { My_Pkg: '*' }, develop: {} },
    { _meta, default: { My_Pkg: '*' }, develop: {}, Docs: { 'A.b': '*' } },
    { _meta, default: { 'my-pkg': '*' }, develop: {} },
    { _meta, default: { 'my-pkg': '*' }, develop: {}, Docs: { 'a-b': '*' } },
  ]);
});

test('sources, requires and dev-packages', () => {
  const sources = [{ name: 'x', url: 'https://index.example/simple' }];
  const pipfile = { source: sources, requires: { python_version: '3.11' }, 'dev-packages': { a: '*' } };
  assert.equal(pipfileContents(pipfile)[0], {
    _meta: { sources, requires: { python_version: '3.11' } },
    default: {},
    develop: { a: '*' },
  });
});

test('all that is no part of the format is a category', () => {
  const pipfile = { source: [], packages: {}, requires: {}, pipenv: {}, pipfile: {}, docs: {}, default: {} };
  assert.equal(pipfileCategories(pipfile), ['docs']);
});

test.run();
