import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gatheredLayout } from '../../../../src/plan/declarations/local-packages/gathered-layout';
import type { LocalPackage } from '../../../../src/plan/model/source-snapshot';
import { archive, folder, requirements } from '../../support/world';

const test = suite('gathered layout');

const layout = (
  texts: Readonly<Record<string, string>>,
  packages: readonly LocalPackage[],
  ...paths: readonly string[]
): readonly string[] => {
  const { place, workingDirectory } = gatheredLayout(requirements(texts, packages));
  return [workingDirectory, ...paths.map(place)];
};

const FIRST = '/home/me/app/fn/requirements.txt';

test('alone, the requirements file lies at the top', () => {
  assert.equal(layout({ [FIRST]: 'six\n' }, [], FIRST), ['.', 'requirements.txt']);
});

test('what lies below it keeps its place', () => {
  const libs = '/home/me/app/fn/libs';
  assert.equal(
    layout({ [FIRST]: './libs/x\n./x.whl\n' }, [folder('x', `${libs}/x`)], FIRST, `${libs}/x/setup.py`),
    ['.', 'requirements.txt', 'libs/x/setup.py'],
  );
});

test('the folder that holds all relative paths is the top', () => {
  const base = '/home/me/app/shared/base.txt';
  const wheel = '/home/me/app/wheels/x.whl';
  assert.equal(
    layout(
      { [FIRST]: '-r ../shared/base.txt\n', [base]: '../wheels/x.whl\n' },
      [archive(wheel)],
      FIRST,
      base,
      wheel,
    ),
    ['fn', 'fn/requirements.txt', 'shared/base.txt', 'wheels/x.whl'],
  );
});

test('files that an included file includes count, those on the network do not', () => {
  const base = '/home/me/app/shared/base.txt';
  const deeper = {
    [FIRST]: '-r ../shared/base.txt\n',
    [base]: '-r ../../more/c.txt\n',
    '/home/me/more/c.txt': '',
  };
  assert.equal(layout(deeper, [], FIRST, '/home/me/more/c.txt'), [
    'app/fn',
    'app/fn/requirements.txt',
    'more/c.txt',
  ]);
  assert.equal(layout({ [FIRST]: '-r https://h/../../../../a.txt\n' }, [], FIRST), ['.', 'requirements.txt']);
});

test('the files of a package beside it keep their place too', () => {
  assert.equal(
    layout({ [FIRST]: '-e ../y\n' }, [folder('y', '/home/me/app/y')], FIRST, '/home/me/app/y/a/b.py'),
    ['fn', 'fn/requirements.txt', 'y/a/b.py'],
  );
});

test('an absolute path inside the top is no other than a relative one', () => {
  const inside = '/home/me/app/fn/libs/x';
  assert.equal(layout({ [FIRST]: `${inside}\n` }, [folder('x', inside)], FIRST, `${inside}/x.py`), [
    '.',
    'requirements.txt',
    'libs/x/x.py',
  ]);
});

test('what only an absolute path leads to gets a folder that tells nothing of its place', () => {
  const packages = [folder('x', '/srv/libs/x'), archive('/opt/y.whl'), folder('z', '/home/me/app/z')];
  const text = '/srv/libs/x\nfile:///opt/y.whl\n-e ../z\n-r /srv/common/base.txt\n';
  assert.equal(
    layout(
      { [FIRST]: text, '/srv/common/base.txt': '-r more/c.txt\n', '/srv/common/more/c.txt': '' },
      packages,
      FIRST,
      '/srv/libs/x/x.py',
      '/opt/y.whl',
      '/home/me/app/z/z.py',
      '/srv/common/base.txt',
      '/srv/common/more/c.txt',
    ),
    [
      'tree/fn',
      'tree/fn/requirements.txt',
      'absolute/2/x.py',
      'absolute/3/y.whl',
      'tree/z/z.py',
      'absolute/1/base.txt',
      'absolute/1/more/c.txt',
    ],
  );
});

test('a package that holds the requirements file itself is one tree with it', () => {
  assert.equal(
    layout({ [FIRST]: '-e /home/me/app\n' }, [folder('x', '/home/me/app')], FIRST, '/home/me/app/x.py'),
    ['absolute/1/fn', 'absolute/1/fn/requirements.txt', 'absolute/1/x.py'],
  );
  assert.equal(layout({ [FIRST]: '-e ..\n' }, [folder('x', '/home/me/app')], FIRST, '/home/me/app'), [
    'fn',
    'fn/requirements.txt',
    '.',
  ]);
});

test('at the root of the disk, and with includes in a circle', () => {
  assert.equal(
    layout({ '/requirements.txt': '-r a/b.txt\n', '/a/b.txt': '-r ../requirements.txt\n' }, [], '/a/b.txt'),
    ['.', 'a/b.txt'],
  );
});

test.run();
