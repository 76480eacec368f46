import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { usesGit, withPlainCheckouts } from '../../../src/plan/variables/git-settings';

const test = suite('settings of Git for installers');

/** The numbered settings, in Git's order. */
const settings = (values: Readonly<Record<string, string>>): readonly string[] =>
  Array.from({ length: Number(values['GIT_CONFIG_COUNT']) }, (_, index) =>
    [values[`GIT_CONFIG_KEY_${index}`], values[`GIT_CONFIG_VALUE_${index}`]].join('='),
  );

const FIXED = [
  'core.autocrlf=false',
  'core.eol=lf',
  'core.attributesFile=/dev/null',
  'core.hooksPath=/dev/null',
  'core.sparseCheckout=false',
  'init.templateDir=/dev/null',
];

test('what changes a checkout is fixed; links are, but on Windows', () => {
  const values = withPlainCheckouts({ PATH: '/bin', GIT_TEMPLATE_DIR: '/t', GIT_ATTR_SOURCE: 'x' }, 'linux');
  assert.equal(settings(values), [...FIXED, 'core.symlinks=true']);
  const { PATH, GIT_ATTR_NOSYSTEM, GIT_LFS_SKIP_SMUDGE, GIT_TEMPLATE_DIR, GIT_ATTR_SOURCE } = values;
  assert.equal(
    [PATH, GIT_ATTR_NOSYSTEM, GIT_LFS_SKIP_SMUDGE, GIT_TEMPLATE_DIR, GIT_ATTR_SOURCE],
    ['/bin', '1', '1', undefined, undefined],
  );
  assert.is(values['GIT_CONFIG_PARAMETERS'], undefined);
  assert.equal(settings(withPlainCheckouts({}, 'win32')), FIXED);
});

test("the user's own settings stay, and ours come after them", () => {
  const own = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'url.https://m/.insteadOf',
    GIT_CONFIG_VALUE_0: 'https://h/',
    GIT_CONFIG_PARAMETERS: "'core.autocrlf'='true'",
  };
  const values = withPlainCheckouts(own, 'win32', ["it's"]);
  assert.equal(settings(values), [
    'url.https://m/.insteadOf=https://h/',
    ...FIXED,
    "filter.it's.smudge=",
    "filter.it's.process=",
    "filter.it's.required=false",
  ]);
  assert.is(
    values['GIT_CONFIG_PARAMETERS'],
    `'core.autocrlf'='true' ${FIXED.map((text) => `'${text}'`).join(' ')} ` +
      `'filter.it'\\''s.smudge=' 'filter.it'\\''s.process=' 'filter.it'\\''s.required=false'`,
  );
});

test('files of Git LFS are fetched where UV_GIT_LFS says so', () => {
  const filters = ['lfs', 'x'];
  const off = withPlainCheckouts({ UV_GIT_LFS: '0' }, 'win32', filters);
  assert.ok(settings(off).includes('filter.lfs.smudge='));
  assert.is(off['GIT_LFS_SKIP_SMUDGE'], '1');
  const on = withPlainCheckouts({ UV_GIT_LFS: '1' }, 'win32', filters);
  assert.equal(settings(on).slice(FIXED.length), [
    'filter.x.smudge=',
    'filter.x.process=',
    'filter.x.required=false',
  ]);
  assert.is(on['GIT_LFS_SKIP_SMUDGE'], undefined);
});

test('a count that Git refuses is left for Git to name', () => {
  assert.equal(withPlainCheckouts({ GIT_CONFIG_COUNT: 'x' }, 'linux'), { GIT_CONFIG_COUNT: 'x' });
});

test('requirements that name a repository', () => {
  assert.equal(
    ['x @ git+https://h/x\n', '-e git+file:///x\n', 'digit+x\n', 'six==1\n'].map((text) => usesGit([text])),
    [true, true, false, false],
  );
});

test.run();
