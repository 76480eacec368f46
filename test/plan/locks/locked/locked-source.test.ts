import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gitSource } from '../../../../src/plan/locks/locked/locked-source';

const test = suite('locked source');

const COMMIT = 'bce24c3c4449f9ea8f3cce3f4d66e09e218c91eb';

test('a repository at a commit', () => {
  const url = (address: string) => {
    const source = gitSource(address, COMMIT, undefined);
    return source._tag === 'Right' && source.right._tag === 'Git' ? source.right.url : null;
  };
  assert.is(url('https://host.example/a.git'), 'https://host.example/a.git');
  assert.is(url('git+https://host.example/a.git'), 'https://host.example/a.git');
  assert.is(url('git@host.example:a/b.git'), 'ssh://git@host.example/a/b.git');
  assert.is(url('git@host.example:/a/b.git'), 'ssh://git@host.example/a/b.git');
  assert.is(url('ssh://git@host.example:22/a.git'), 'ssh://git@host.example:22/a.git');
  assert.is(url('../a'), '../a');
  assert.equal(gitSource('x', COMMIT.toUpperCase(), 'sub'), {
    _tag: 'Right',
    right: { _tag: 'Git', url: 'x', commit: COMMIT, subdirectory: 'sub' },
  });
});

test('a branch, a short id and none at all may be another commit tomorrow', () => {
  const reason = (commit: string | undefined) => {
    const source = gitSource('x', commit, undefined);
    return source._tag === 'Left' ? source.left : null;
  };
  assert.is(reason('main'), '"main" is not a whole commit id');
  assert.is(reason('bce24c3'), '"bce24c3" is not a whole commit id');
  assert.is(reason(undefined), 'its source has no commit id');
});

test.run();
