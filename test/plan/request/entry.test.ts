import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EntryRequest } from '../../../src/plan/request/bundle-request';
import { entryCandidates } from '../../../src/plan/request/entry';
import { request } from '../support/world';

const test = suite('entry');

const byId = (id: string, ...definingFiles: readonly string[]): readonly string[] =>
  entryCandidates(request({ entry: { _tag: 'ById', id }, definingFiles }));
const byPath = (entry: string, ...definingFiles: readonly string[]): readonly string[] =>
  entryCandidates(request({ entry: { _tag: 'ByPath', path: entry, index: 'index.py' }, definingFiles }));

test('by id: the name of each defining file, nearest first, each once', () => {
  assert.equal(byId('my_handler', '/app/stack.ts', '/app/bin/app.ts', '/app/stack.js'), [
    '/app/stack.my_handler.py',
    '/app/bin/app.my_handler.py',
  ]);
});

test('by id: only the last extension goes', () => {
  assert.equal(byId('fn', '/a b/my.stack.mts', '/a/stack', '/a/.hidden'), [
    '/a b/my.stack.fn.py',
    '/a/stack.fn.py',
    '/a/.hidden.fn.py',
  ]);
});

test('by id: it names a file, whatever it is', () => {
  const ids = ['a b', "it's", '$(touch x)', '-x', 'größe', 'a/b', 'a\\b', 'a\0b', '..', '../../etc/passwd'];
  assert.equal(
    ids.map((id) => byId(id, '/app/stack.ts')[0]),
    [
      '/app/stack.a b.py',
      "/app/stack.it's.py",
      '/app/stack.$(touch x).py',
      '/app/stack.-x.py',
      '/app/stack.größe.py',
      '/app/stack.a--b.py',
      '/app/stack.a--b.py',
      '/app/stack.ab.py',
      '/app/stack....py',
      '/app/stack...--..--etc--passwd.py',
    ],
  );
});

test('by path: an absolute one is where it is', () => {
  assert.equal(byPath('/srv/./x/../fn.py', '/app/stack.ts'), ['/srv/fn.py']);
  assert.equal(byPath('/srv/fn'), ['/srv/fn']);
});

test('by path: a relative one is beside each defining file', () => {
  assert.equal(
    byPath('../fn/a.py', '/app/lib/stack.ts', '/app/lib/x.ts', '/app/bin/app.ts', '/srv/deep/y.ts'),
    ['/app/fn/a.py', '/srv/fn/a.py'],
  );
});

test('no defining file, no candidate', () => {
  assert.equal(byId('fn'), []);
  assert.equal(byPath('fn.py'), []);
});

test('a relative path is looked for in the current folder last; an absolute one, and an id, are not', () => {
  const of = (entry: EntryRequest) => entryCandidates(request({ entry, currentFolder: '/here' }));
  assert.equal(of({ _tag: 'ByPath', path: 'fn', index: 'index.py' }), ['/app/lib/fn', '/here/fn']);
  assert.equal(of({ _tag: 'ByPath', path: '/fn', index: 'index.py' }), ['/fn']);
  assert.equal(of({ _tag: 'ById', id: 'x' }), ['/app/lib/stack.x.py']);
  const here = request({ entry: { _tag: 'ByPath', path: 'fn', index: 'i.py' }, currentFolder: '/app/lib' });
  assert.equal(entryCandidates(here), ['/app/lib/fn']);
});

test.run();
