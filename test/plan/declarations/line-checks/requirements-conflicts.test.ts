import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { conflicts } from '../../../../src/plan/declarations/line-checks/requirements-conflicts';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import { runtimeOf } from '../../../../src/plan/runtime/target-runtime';
import { requirements } from '../../support/world';

const test = suite('requirements that exclude each other');

const FILE = '/app/requirements.txt';

const target = (python: string) => {
  const runtime = findRuntime(python);
  if (runtime === undefined) throw new Error(python);
  return runtimeOf(runtime, 'x86_64', 'prop');
};

const of = (texts: Readonly<Record<string, string>>, python = '3.11') =>
  conflicts(requirements(texts), target(python));

const conflict = (
  about: 'versions' | 'hashes',
  text: string,
  line: number,
  other: { readonly text: string; readonly line: number; readonly file?: string },
  file = FILE,
) => ({ _tag: 'ConflictingRequirements', file, line, text, about, other: { file: FILE, ...other } });

test('two versions of one name, in whatever file and way of writing', () => {
  assert.equal(
    of({
      [FILE]: 'My_Lib==1.0\nsix==1.16.0 ; python_version > "3"\n-r more.txt\n-c limits.txt\n',
      '/app/more.txt': 'my.lib [x] === 1.1\nidna==3.6\nidna==3.7,==3.8\n',
      '/app/limits.txt': 'six==1.15.0\nzipp==1\nzipp==2\nidna==3.6.0\n',
    }),
    [
      conflict('versions', 'my.lib [x] === 1.1', 1, { text: 'My_Lib==1.0', line: 1 }, '/app/more.txt'),
      conflict(
        'versions',
        'idna==3.7,==3.8',
        3,
        { text: 'idna==3.6', line: 2, file: '/app/more.txt' },
        '/app/more.txt',
      ),
      conflict(
        'versions',
        'six==1.15.0',
        1,
        { text: 'six==1.16.0 ; python_version > "3"', line: 2 },
        '/app/limits.txt',
      ),
    ],
  );
});

test('one without a version before them hides nothing', () => {
  assert.equal(of({ [FILE]: 'six\nsix==1.0\nsix==2.0\n' }), [
    conflict('versions', 'six==2.0', 3, { text: 'six==1.0', line: 2 }),
  ]);
});

test('a constraint that stands first is told by its own line', () => {
  assert.equal(of({ [FILE]: '-c limits.txt\nsix==1.16.0\n', '/app/limits.txt': 'six==1.15.0\n' }), [
    conflict('versions', 'six==1.15.0', 1, { text: 'six==1.16.0', line: 2 }, '/app/limits.txt'),
  ]);
});

test('markers count as they are on the target', () => {
  const text = 'six==1.15.0 ; python_version < "3.10"\nsix==1.16.0 ; sys_platform == "linux"\n';
  assert.equal(of({ [FILE]: text }), []);
  assert.is(of({ [FILE]: text }, '3.9').length, 1);
});

test('what installers take together', () => {
  for (const text of [
    'six==1.16\nsix==1.16.0\n',
    'six==1.16.0\nsix===1.16\n',
    'torch==2.0\ntorch==2.0+cpu\n',
    'torch==2.0+cpu\ntorch==2.0\n',
    'six==1.*\nsix==1.0.*\n',
    'six==1.15.0 ; python_version > "${LEAST}"\nsix==1.16.0\n',
    'six==1.16.0\nsix==1.*\nsix>=1\nsix\n',
    'six==${VERSION}\nsix==1.16.0\n',
    'six @ https://example.com/six.zip\nsix==1.16.0\n',
    'x>==1\nx==1\n',
  ]) {
    assert.equal(of({ [FILE]: text }), [], text);
  }
});

test('hashes of which no file has both; those of a constraint decide nothing', () => {
  const [a, b] = ['a', 'B'].map((digit) => `--hash=sha256:${digit.repeat(64)}`);
  const six = { text: 'six==1.16.0', line: 1 };
  assert.equal(of({ [FILE]: `six==1.16.0 ${a}\nsix==1.16.0 ${b}\n` }), [
    conflict('hashes', 'six==1.16.0', 2, six),
  ]);
  assert.equal(of({ [FILE]: `six==1.16.0 ${a}\nsix[x]==1.16.0 ${b} ${a}\nsix==1.16.0\n` }), []);
  assert.equal(of({ [FILE]: `six==1.16.0 ${b}\nsix==1.16.0 ${b?.toLowerCase()}\n` }), []);
  assert.equal(of({ [FILE]: `six==1.16.0 ${a}\n-c c.txt\n`, '/app/c.txt': `six==1.16.0 ${b}\n` }), []);
});

test.run();
