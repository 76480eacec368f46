import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { becomes, said } from '../support/edited-project';

const test = suite('requirements files that are wrong');

test('all that is wrong with the lines of all files is told at once', () => {
  const manual = 'https://pip.pypa.io/en/stable/reference/requirements-file-format/';
  const unknown = `which neither pip nor uv reads in a requirements file. Remove it, or use an option that a requirements file may have (${manual}).`;
  const copy = 'Copy it again from its publisher, or lock again (`uv pip compile --generate-hashes`).';
  const text = [
    '--foo',
    'six==1.16.0 --hash=sha256:8abb',
    '-r base.txt',
    'https://example.com/x-1.0-cp311-cp311-win_amd64.whl',
    'idna==3.6',
    '[x]',
    '',
  ].join('\n');
  const base = 'idna==3.7 ; python_version < "3.13"\nzipp==3.17.0 --hash=md5:00 --user\n';
  const edits = { 'requirements.txt': becomes(text), 'base.txt': becomes(base) };
  const always = [
    `{root}/requirements.txt:1 has --foo, ${unknown}`,
    `{root}/requirements.txt:2 has --hash=sha256:8abb, which has 4 digits instead of 64. ${copy}`,
    '{root}/requirements.txt:6 is not a requirement: "[x]" (it does not begin with a name). Write it in the form of PEP 508, such as `requests[socks] >= 2.31 ; python_version >= "3.9"`.',
    `{root}/base.txt:2 has --hash=md5:00, which uses none of the algorithms sha256, sha384, sha512. ${copy}`,
    `{root}/base.txt:2 has --user, ${unknown}`,
  ];
  const conflict =
    '{root}/requirements.txt:5 requires idna==3.6, but {root}/base.txt:1 requires idna==3.7 ; python_version < "3.13": no version is both. Remove one of the two lines, or give them markers that exclude each other.';
  const wheel = (runtime: string): string =>
    `{root}/requirements.txt:4 names x-1.0-cp311-cp311-win_amd64.whl, a wheel for cp311-cp311-win_amd64, which does not load on python${runtime} on x86_64. Name a wheel that does, give the line a marker, or set \`runtime\` or \`architecture\` to what the wheel is for.`;
  const hashes = (...first: readonly string[]): readonly string[] => [
    "{root}/requirements.txt:2 asks for hashes, so by pip's rule every requirement needs a hash and an exact version (`==`). These do not have both:",
    ...first,
    '  {root}/requirements.txt:4: https://example.com/x-1.0-cp311-cp311-win_amd64.whl has no hash',
    '  {root}/requirements.txt:5: idna==3.6 has no hash',
    'Generate the file with hashes for all (`uv pip compile --generate-hashes`), or remove all hashes.',
  ];
  const elsewhere = '  {root}/base.txt:1: idna==3.7 ; python_version < "3.13" has no hash';
  assert.equal(said('requirements', edits), [...always, conflict, wheel('3.11'), ...hashes(elsewhere)]);
  assert.equal(said('requirements', edits, { runtime: '3.13' }), [...always, wheel('3.13'), ...hashes()]);
});

test('a Python that no specifier says', () => {
  const text =
    '[project]\nname = "a"\nversion = "1"\nrequires-python = "^3.9"\ndependencies = ["six==1.16.0"]\n';
  const message =
    '{root}/pyproject.toml:4 cannot be read: requires-python is "^3.9", which is not a version specifier. Fix it, or regenerate it with the tool that wrote it.';
  assert.equal(said('pyproject', { 'pyproject.toml': becomes(text) }, { dependencies: {} }), [message]);
});

test.run();
