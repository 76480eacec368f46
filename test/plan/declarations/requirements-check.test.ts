import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  gitWarnings,
  isUnpinnedGit,
  lineErrors,
  unhashed,
} from '../../../src/plan/declarations/requirements-check';
import { requestedLines } from '../../../src/plan/declarations/requested-lines';
import { requirements } from '../support/world';

const test = suite('what is wrong with the lines of a requirements file');

const FILE = '/app/requirements.txt';

const of = (text: string) => requirements({ [FILE]: text });

test('lines that no installer reads, with their line and reason', () => {
  const text = [
    'six==1.16.0',
    'requests[socks] >= 2.31, <3 ; python_version < "4"',
    'foo (>=1,<2)',
    'bar @ https://example.com/bar.zip#sha256=00',
    'git+https://example.com/x.git@main#egg=x',
    '-e git+https://example.com/x.git@main#egg=x',
    'https://example.com/y-1.0.zip',
    'z @ ${PLACE}/z.whl',
    'idna==3.6 --hash=sha256:00 \\',
    '  --hash=sha256:11',
    './lib',
    '--no-binary x',
    'a>=1,,<2',
    'b ; python_version <',
    '[extra]',
    'c @ https://user:secret@example.com/c d',
  ].join('\n');
  const at = (line: number, wrong: string, reason: string) => ({
    _tag: 'InvalidRequirement',
    file: FILE,
    line,
    text: wrong,
    reason,
  });
  const found = lineErrors(of(text));
  assert.equal(
    found.map((error) => ({ ...error, reason: '' })),
    [
      at(13, 'a>=1,,<2', ''),
      at(14, 'b ; python_version <', ''),
      at(15, '[extra]', ''),
      at(16, 'c @ https://example.com/c d', ''),
    ],
  );
  assert.ok(found.every((error) => error._tag === 'InvalidRequirement' && error.reason !== ''));
});

test('requirements without a hash; constraints and folders need none', () => {
  const snapshot = requirements({
    [FILE]: 'six==1 --hash=sha256:00\nidna==3.6\n-r more.txt\n-c limits.txt\n./lib\nx==1 --hash sha256:00\n',
    '/app/more.txt': 'attrs==23 ; python_version > "3"\n',
    '/app/limits.txt': 'zipp<4\n',
  });
  assert.equal(unhashed(snapshot, requestedLines(snapshot)), [
    { _tag: 'NotHashed', file: FILE, requirements: ['idna==3.6', 'attrs==23 ; python_version > "3"'] },
  ]);
  const all = of('six==1 --hash=sha256:00\n');
  assert.equal(unhashed(all, requestedLines(all)), []);
});

test('repositories without a commit', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  for (const pinned of [
    `x @ git+https://example.com/x@${commit}`,
    `x @ git+ssh://git@example.com/x@${commit}#subdirectory=py`,
    `git+https://example.com/x.git@${commit}#egg=x`,
    'x @ https://example.com/git+x.zip',
    'six',
  ]) {
    assert.not(isUnpinnedGit(pinned), pinned);
  }
  for (const open of [
    'x @ git+https://example.com/x',
    'x @ git+https://example.com/x@main',
    'x @ git+https://example.com/x@0123456',
    'x @ git+ssh://git@example.com/x#egg=x',
    'git+https://example.com/x.git',
  ]) {
    assert.ok(isUnpinnedGit(open), open);
  }
  assert.equal(gitWarnings(of('-e git+https://example.com/x@main#egg=x\n')), [
    { _tag: 'GitNotPinned', file: FILE, line: 1, requirement: 'x @ git+https://example.com/x@main' },
  ]);
  assert.equal(gitWarnings(of('six\nx @ git+https://u:p@example.com/x@main ; python_version > "3"\n')), [
    {
      _tag: 'GitNotPinned',
      file: FILE,
      line: 2,
      requirement: 'x @ git+https://example.com/x@main ; python_version > "3"',
    },
  ]);
});

test.run();
