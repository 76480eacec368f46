import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oddPackage, oddRequirement } from '../../../../src/plan/declarations/line-checks/unsafe-lock-line';
import type { LockedPackage, PackageSource } from '../../../../src/plan/locks/locked/locked-set';

const test = suite('what may stand on a line of its own');

const six: LockedPackage = {
  name: 'six',
  version: '1.16.0',
  source: { _tag: 'Index', url: 'https://i.example/simple' },
  hashes: ['sha256:00ff'],
  files: null,
  line: 1,
};

const odd = (changes: Partial<LockedPackage>): string | undefined => oddPackage({ ...six, ...changes });
const from = (source: PackageSource): string | undefined => odd({ source, version: null });

test('packages as locks have them', () => {
  for (const version of ['1', '2!1.0rc1.post2.dev3+local.1', '2004d']) assert.is(odd({ version }), undefined);
  assert.is(from({ _tag: 'Index', url: null }), undefined);
  assert.is(from({ _tag: 'Url', url: 'https://${TOKEN}@h/x.zip', subdirectory: 'a/b' }), undefined);
  for (const url of ['https://h/x.git', 'ssh://git@h/x', 'file:///srv/x'])
    assert.is(from({ _tag: 'Git', url, commit: 'a'.repeat(40), subdirectory: null }), undefined);
  assert.is(from({ _tag: 'Local', path: '../a b' }), undefined);
});

test('a variable outside of a URL, for which pip and uv would put its value', () => {
  assert.is(oddRequirement('six @ https://${USER}:${PASSWORD}@h.example/six.whl'), undefined);
  assert.is(
    oddRequirement('six ; python_version > "${LEAST}"'),
    'it has a variable in its marker: pip and uv would insert its value, which is in no hash. Only the user name or the password of a URL may be a variable',
  );
  assert.match(oddRequirement('six==${V}') ?? '', 'it has a variable in its version');
});

test('text that would be another line, an option, or a program', () => {
  const next = '\n--index-url https://e.example';
  assert.is(odd({ name: `six${next}` }), `${JSON.stringify(`six${next}`)} is not a package name`);
  assert.is(odd({ version: `1${next}` }), `six: ${JSON.stringify(`1${next}`)} is not a version`);
  assert.is(odd({ version: '1 --pre' }), 'six: "1 --pre" is not a version');
  assert.is(odd({ hashes: ['sha256:00', 'sha256:00 --pre'] }), 'six: "sha256:00 --pre" is not a hash');
  const encode = 'percent-encode it if it is meant';
  for (const [url, reason] of [
    ['https://h/x\u2028y', `has the character U+2028 in it: ${encode}`],
    ['https://h --pre', `has the character U+0020 in it: ${encode}`],
    ['-x', 'has no "://" after its scheme'],
    ['/etc', 'has no "://" after its scheme'],
    ['ext::sh -c id', `has the character U+0020 in it: ${encode}`],
    ['https://h\\x', `has the character \\ in it: ${encode}`],
    ['https://h/?q', 'is an index URL with a query or a fragment: pip and uv put it in different places'],
  ] as const)
    assert.is(
      from({ _tag: 'Index', url }),
      `six: ${JSON.stringify(url)} is not a URL that can be fetched: it ${reason}`,
    );
  assert.is(
    from({ _tag: 'Git', url: 'https://h/x', commit: 'a'.repeat(40), subdirectory: 'a\nb' }),
    'six: "a\\nb" is not a folder of the archive or repository',
  );
  assert.is(
    from({ _tag: 'Local', path: 'a\nb' }),
    'six: its path has a line break or a control character in it',
  );
});

test('requirements of a manifest', () => {
  for (const text of [
    'six>=1 ; os_name == "nt"',
    'six @ git+https://h/x@main',
    'six @ https://${TOKEN}@h/x.whl',
  ])
    assert.is(oddRequirement(text), undefined);
  assert.is(
    oddRequirement("six ; os_name == 'a\n--index-url https://e.example'"),
    'it has a line break or a control character in it',
  );
  for (const url of ['/etc/x', '${HOME}/x', '--find-links', 'git+ext::sh'])
    assert.is(
      oddRequirement(`six @ ${url}`),
      `${JSON.stringify(url)} is not a URL that can be fetched: it ${url.startsWith('$') ? 'begins with a variable: only user name and password may be variables' : 'has no "://" after its scheme'}`,
    );
});

test.run();
