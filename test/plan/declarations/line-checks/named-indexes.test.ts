import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { namedIndexes } from '../../../../src/plan/declarations/line-checks/named-indexes';
import { requirements } from '../../support/world';

const test = suite('local package indexes');

const named = (
  variables: Readonly<Record<string, string>> = {},
  text = '',
  dependencies: Partial<typeof DEFAULT_DEPENDENCIES> = {},
): readonly string[] =>
  namedIndexes(
    { variables, dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } },
    requirements({ '/app/requirements.txt': text }),
  ).map(({ path }) => path);

test('by options', () => {
  assert.equal(named({}, '', { index: 'file:///a%20b', extraIndexes: ['https://h', 'file:///c'] }), [
    '/a b',
    '/c',
  ]);
});

test('by lines; what `--find-links` names is gathered', () => {
  const text = [
    '-i file:///a',
    '--index-url=file://localhost/b',
    '--extra-index-url /c',
    '--extra-index-url https://h/simple',
    '-i ${INDEX}',
    '--find-links file:///d',
    'six==1',
  ].join('\n');
  assert.equal(named({}, text), ['/a', '/b', '/c']);
});

test('by variables of installers, in their lists', () => {
  const parts = (variables: Readonly<Record<string, string>>) => named(variables).slice(0, 2);
  assert.equal(parts({ UV_INDEX: 'own=file:///a https://h/simple /b' }), ['/a', '/b']);
  assert.equal(parts({ UV_FIND_LINKS: '/a,/b,https://h' }), ['/a', '/b']);
  // The whole value may be a place as well.
  assert.equal(named({ PIP_FIND_LINKS: '/a ./b' }), ['/a', '/a ./b']);
  assert.ok(named({ UV_FIND_LINKS: '/f l,/g' }).includes('/f l'));
  assert.ok(named({ UV_DEFAULT_INDEX: '/f, l' }).includes('/f, l'));
  assert.equal(named({ PIP_CONSTRAINT: '/a/c.txt', UV_OVERRIDE: '/a/o.txt' }), ['/a/c.txt', '/a/o.txt']);
  assert.equal(named({ UV_CACHE_DIR: '/a', UV_PYTHON: '/b', MODEL: '/c', PIP_TARGET: '/d' }), []);
});

test('below the home of the user, as pip writes it', () => {
  const links = { variables: { PIP_FIND_LINKS: '~/w' }, dependencies: DEFAULT_DEPENDENCIES };
  assert.equal(namedIndexes(links, null, '/home/me'), [{ path: '/home/me/w', byVariable: true }]);
  assert.equal(namedIndexes(links, null), []);
});

test('each once, and by a variable only where nothing else names it', () => {
  assert.equal(named({ PIP_INDEX_URL: 'file:///a' }, '-i file:///a\n'), ['/a']);
  const request = { variables: { UV_INDEX: '/a /b' }, dependencies: DEFAULT_DEPENDENCIES };
  assert.equal(namedIndexes(request, requirements({ '/app/requirements.txt': '-i /a\n' })), [
    { path: '/a', byVariable: false },
    { path: '/b', byVariable: true },
    { path: '/a /b', byVariable: true },
  ]);
});

test.run();
