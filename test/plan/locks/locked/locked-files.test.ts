import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lockedFiles } from '../../../../src/plan/locks/locked/locked-files';

const test = suite('locked files');

test('wheels, then the source distribution, each named by itself or by where it lies', () => {
  assert.equal(
    lockedFiles({
      sdist: { url: 'https://files.example/a%2B1.tar.gz#frag', hash: 'sha256:s' },
      wheels: [
        { url: 'https://files.example/x/a-1-py3-none-any.whl?q=/z', hash: 'sha256:a' },
        { path: '../dir/b-1.whl', hashes: { sha256: 'b', md5: 'c' } },
        { filename: 'c-1.whl', hash: 'sha256:a' },
        { name: 'd-1.whl', url: 'https://files.example/other' },
        'odd',
      ],
    }),
    {
      hashes: ['sha256:a', 'sha256:b', 'md5:c', 'sha256:s'],
      files: ['a-1-py3-none-any.whl', 'b-1.whl', 'c-1.whl', 'd-1.whl', 'a+1.tar.gz'],
    },
  );
});

test('an archive counts as well; where nothing is listed there are no files', () => {
  assert.equal(lockedFiles({ archive: { url: 'https://files.example/%.zip', hashes: { sha256: 'z' } } }), {
    hashes: ['sha256:z'],
    files: ['%.zip'],
  });
  assert.equal(lockedFiles({ wheels: [], sdist: 1 }), { hashes: [], files: null });
  assert.equal(lockedFiles({ sdist: { url: 'https://files.example/' } }), { hashes: [], files: null });
});

test.run();
