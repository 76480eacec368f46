import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pinnedNames } from '../../../../src/plan/declarations/sets/pinned-names';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import { requirements } from '../../support/world';

const test = suite('what alone may be installed');

const runtime = findRuntime('3.13');
const markers = runtime === undefined ? null : markerEnvironment(runtime, 'x86_64');
const FILE = '/app/fn/requirements.txt';
const COMMIT = 'a'.repeat(40);

const of = (
  texts: Readonly<Record<string, string>>,
  ...locals: Parameters<typeof requirements>[1] & object
) => pinnedNames(requirements(texts, locals), { requirePinned: true }, markers).pinned;

const names = (...expected: readonly string[]) => ({ names: expected, hasUnnamed: false });

test('what lines and constraints of the target fix, in includes too', () => {
  const lines = 'Corp_Core==1.1\nidna\nopen>=1\nwin==1 ; sys_platform == "win32"\n-r more.txt\n-c c.txt\n';
  const more = `a @ https://h/a-1.tar.gz#sha256=${'0'.repeat(64)}\nb @ git+https://h/x@${COMMIT}\nc>=1 --hash=sha256:0\n`;
  const constraints = 'idna==3\nhelper==1\nloose<2\nother==1 ; sys_platform == "win32"\n';
  assert.equal(
    of({ [FILE]: lines, '/app/fn/more.txt': more, '/app/fn/c.txt': constraints }),
    names('a', 'b', 'c', 'corp-core', 'helper', 'idna'),
  );
});

test('folders of the user, and what these fix, with their extras', () => {
  const pyproject =
    '[project]\nname = "My.Lib"\nversion = "1"\ndependencies = ["six==1", "open"]\n[project.optional-dependencies]\nx = ["attrs==25"]\n';
  const local = { path: '/app/lib', name: 'My.Lib', kind: 'folder', files: [], pyproject } as const;
  assert.equal(of({ [FILE]: '-e ../lib\n' }, local), names('attrs', 'my-lib', 'six'));
  assert.equal(of({ [FILE]: '../lib\n' }, { path: '/app/lib', name: null, kind: 'folder', files: [] }), {
    names: [],
    hasUnnamed: true,
  });
});

test('a URL may not tell the name', () => {
  const hash = `sha256=${'0'.repeat(64)}`;
  assert.equal(of({ [FILE]: `https://h/my_lib-1-py3-none-any.whl#${hash}\n` }), names('my-lib'));
  assert.equal(of({ [FILE]: `git+https://h/x@${COMMIT}#egg=My_Lib\n` }), names('my-lib'));
  for (const line of [`https://h/archive.zip#${hash}`, `git+https://h/x@${COMMIT}`])
    assert.equal(of({ [FILE]: `${line}\n` }), { names: [], hasUnnamed: true }, line);
});

test('nothing where that is not asked for, and where an index is asked as of a date', () => {
  const some = requirements({ [FILE]: 'idna==3\n' });
  for (const dependencies of [
    {},
    { requirePinned: false },
    { requirePinned: true, resolvedAsOf: '2026-01-01' },
  ])
    assert.equal(pinnedNames(some, dependencies, markers), {});
});

test.run();
