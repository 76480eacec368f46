import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pdmContents } from '../../../../src/plan/locks/pdm/pdm-content';

const test = suite('pdm content');

test('the contents of each version of PDM', () => {
  const manifest = {
    project: { dependencies: ['a'], 'requires-python': '>=3.9', name: 'x' },
    'dependency-groups': { My_Dev: ['b'] },
    tool: {
      pdm: {
        'dev-dependencies': { 'my.dev': ['c'], test: ['d'] },
        resolution: { overrides: { e: '1' }, 'allow-prereleases': true },
        source: [{ name: 's' }],
      },
    },
  };
  const common = {
    sources: [{ name: 's' }],
    dependencies: ['a'],
    'optional-dependencies': {},
    'requires-python': '>=3.9',
  };
  const resolution = { overrides: { e: '1' }, 'allow-prereleases': true };
  const written = { 'my.dev': ['c'], test: ['d'] };
  assert.equal(pdmContents(manifest), [
    { ...common, 'dev-dependencies': { 'my-dev': ['b', 'c'], test: ['d'] }, resolution },
    { ...common, 'dev-dependencies': written, resolution },
    { ...common, 'dev-dependencies': written, overrides: { e: '1' } },
  ]);
});

test('what is not there is empty', () => {
  assert.equal(pdmContents({ project: {} })?.[0], {
    sources: [],
    dependencies: [],
    'dev-dependencies': {},
    'optional-dependencies': {},
    'requires-python': '',
    resolution: {},
  });
});

test('a manifest of another tool, which PDM would convert, is not judged', () => {
  assert.is(pdmContents({ tool: { poetry: {} } }), null);
});

test.run();
