import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  gitWarnings,
  isUnpinnedGit,
  lineErrors,
  unhashed,
} from '../../../../src/plan/declarations/line-checks/requirements-check';
import { requestedLines } from '../../../../src/plan/declarations/lines/requested-lines';
import { requirements } from '../../support/world';

const test = suite('what is wrong with the lines of a requirements file');

const FILE = '/app/requirements.txt';

/** A hash as it must be. */
const hash = (digit: string): string => `--hash=sha256:${digit.repeat(64)}`;

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
    `idna==3.6 ${hash('0')} \\`,
    `  ${hash('1')}`,
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
      {
        _tag: 'InvalidUrl',
        file: FILE,
        line: 8,
        url: '${PLACE}/z.whl',
        reason: '',
      },
      at(13, 'a>=1,,<2', ''),
      at(14, 'b ; python_version <', ''),
      at(15, '[extra]', ''),
      at(16, 'c @ https://example.com/c d', ''),
    ],
  );
  assert.ok(found.every((error) => 'reason' in error && error.reason !== ''));
});

test('options and hashes that no installer reads, wherever they stand', () => {
  const snapshot = requirements({
    [FILE]: [
      '--foo',
      'six==1.16.0 --hash=sha256:00',
      'six==1.16.0 --hash=md5:d41d8cd98f00b204e9800998ecf8427e \\',
      `  --hash=${'a'.repeat(64)}`,
      '-c limits.txt',
      `six --hash=sha512:${'g'.repeat(128)} --no-deps`,
      './lib --hash',
      '-e ./lib --upgrade',
      'https://user:secret@example.com/x.zip --secret=hidden',
      'six --hash=constructor:00',
      '--pre --bar',
      '--index-url=',
    ].join('\n'),
    '/app/limits.txt': 'zipp<4 --user\n',
  });
  const at = (line: number, option: string, reason: string, file = FILE) => ({
    _tag: 'InvalidRequirementsOption',
    file,
    line,
    option,
    reason,
  });
  const unknown = 'neither pip nor uv reads in a requirements file';
  assert.equal(lineErrors(snapshot), [
    at(1, '--foo', unknown),
    at(2, '--hash=sha256:00', 'has 2 digits instead of 64'),
    at(
      3,
      '--hash=md5:d41d8cd98f00b204e9800998ecf8427e',
      'uses none of the algorithms sha256, sha384, sha512',
    ),
    at(3, `--hash=${'a'.repeat(64)}`, 'is not an algorithm and a digest, as in sha256:0123…'),
    at(6, `--hash=sha512:${'g'.repeat(128)}`, 'has characters in its digest that are not hexadecimal digits'),
    at(6, '--no-deps', unknown),
    at(7, '--hash', 'has no value after it'),
    at(8, '--upgrade', unknown),
    at(9, '--secret', unknown),
    at(10, '--hash=constructor:00', 'uses none of the algorithms sha256, sha384, sha512'),
    at(11, '--bar', unknown),
    at(12, '--index-url', 'has no value after it'),
    at(1, '--user', unknown, '/app/limits.txt'),
  ]);
});

test('options that pip or uv reads, in all their ways of writing', () => {
  const text = [
    '-i https://example.com/simple',
    '--index-url=https://example.com/simple',
    '--index https://example.com/simple',
    '--extra-index-url https://example.com/simple',
    '--no-index',
    '-fhttps://example.com/links',
    '--find-links "a folder -with a dash"',
    '--no-binary :all:',
    '--only-binary=six',
    '--prefer-binary --pre',
    '--require-hashes',
    '--trusted-host example.com',
    '--use-feature fast-deps',
    '-r some -x.txt',
    `six ${hash('0').replace('=', ' ')} --hash="sha384:${'A'.repeat(96)}"`,
    'six --config-settings=--build-option=-x -C a=b',
    'six --global-option="--no-user-cfg"',
    'six ; sys_platform == "linux" --config-settings "--x=y"',
    '-e ./lib --config-settings a=b',
    './a-lib/x-1',
    'six --global-option a b',
  ].join('\n');
  assert.equal(lineErrors(of(text)), []);
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
