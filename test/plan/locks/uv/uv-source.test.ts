import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import { uvSource } from '../../../../src/plan/locks/uv/uv-source';

const test = suite('uv source');

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const read = (source: Record<string, unknown>): unknown => {
  const result = uvSource(source);
  return result._tag === 'Right' ? result.right : result.left;
};

test('indexes, URLs, folders and archives', () => {
  assert.equal(read({ registry: DEFAULT_INDEX }), { _tag: 'Index', url: null });
  assert.equal(read({ registry: 'https://index.example/simple' }), {
    _tag: 'Index',
    url: 'https://index.example/simple',
  });
  assert.equal(read({ url: 'https://host.example/a.zip', subdirectory: 'sub' }), {
    _tag: 'Url',
    url: 'https://host.example/a.zip',
    subdirectory: 'sub',
  });
  for (const kind of ['editable', 'virtual', 'directory', 'path'])
    assert.equal(read({ [kind]: '../lib' }), { _tag: 'Local', path: '../lib' });
});

test('a Git repository, with what was asked for and what was found', () => {
  assert.equal(read({ git: `https://host.example/r?rev=v1&subdirectory=a%2Fb#${COMMIT}` }), {
    _tag: 'Git',
    url: 'https://host.example/r',
    commit: COMMIT,
    subdirectory: 'a/b',
  });
  assert.equal(read({ git: `https://host.example/r#${COMMIT}` }), {
    _tag: 'Git',
    url: 'https://host.example/r',
    commit: COMMIT,
    subdirectory: null,
  });
});

test('what cannot be read, and why', () => {
  assert.is(read({ git: 'https://host.example/r' }), 'its Git source has no commit');
  assert.is(read({ git: 'https://host.example/r#main' }), 'its Git source has no commit');
  assert.is(
    read({ registry: '../wheels' }),
    'its index "../wheels" is a folder of this machine, which is not supported: name the wheel itself with `path` in [tool.uv.sources]',
  );
  assert.is(read({ other: 'x' }), 'its source has an unknown kind');
  assert.is(read({}), 'its source has an unknown kind');
});

test.run();
