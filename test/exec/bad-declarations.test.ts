import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showPlanWarning } from '../../src/plan/errors/plan-warning';
import type { Edit } from '../support/edited-project';
import { becomes, edited, replace, said } from '../support/edited-project';

const test = suite('declarations that are wrong');

const LOCKS = {
  uv: 'uv.lock',
  'script-lock': 'index.py.lock',
  pylock: 'pylock.toml',
  poetry1: 'poetry.lock',
  poetry2: 'poetry.lock',
  pdm: 'pdm.lock',
  pipenv: 'Pipfile.lock',
};

test('a lock that is no TOML or JSON', () => {
  for (const [folder, lock] of Object.entries(LOCKS)) {
    const where = lock === 'Pipfile.lock' ? 1 : 2;
    const why = lock === 'Pipfile.lock' ? 'it is no JSON' : '.*';
    const [message, ...more] = said(folder, { [lock]: becomes('name = [\n] ]\n') });
    assert.match(
      message ?? '',
      new RegExp(`^\\{root\\}/${lock}:${where} cannot be read: ${why}\\. Fix it, `),
    );
    assert.equal(more, []);
  }
});

test('a lock of a version that is not known', () => {
  const versions = {
    uv: [/^version = 1$/m, 'version = 2', 1, '2', 'version 1', 'uv lock'],
    pylock: [
      'lock-version = "1.0"',
      'lock-version = "2.0"',
      3,
      '2.0',
      'version 1',
      'uv export --format pylock.toml -o pylock.toml',
    ],
    poetry1: [
      /lock-version = ".*"/,
      'lock-version = "3.0"',
      207,
      '3.0',
      'the versions 1.0 to 2.1',
      'poetry lock',
    ],
    poetry2: [
      /lock-version = ".*"/,
      'lock-version = "3.0"',
      223,
      '3.0',
      'the versions 1.0 to 2.1',
      'poetry lock',
    ],
    pdm: [/lock_version = ".*"/, 'lock_version = "5.0.0"', 7, '5.0.0', 'the versions 4.x', 'pdm lock'],
    pipenv: ['"pipfile-spec": 6', '"pipfile-spec": 7', 6, 'pipfile-spec 7', 'pipfile-spec 6', 'pipenv lock'],
  } as const;
  for (const [folder, [from, to, line, version, known, command]] of Object.entries(versions)) {
    const lock = LOCKS[folder as keyof typeof LOCKS];
    assert.equal(said(folder, { [lock]: replace(from, to) }), [
      `{root}/${lock}:${line} is of the version ${version}; this library reads ${known}. Make it anew with \`${command}\`, or look for a newer version of this library.`,
    ]);
  }
});

test('a Python that a declaration is not for', () => {
  const where = {
    uv: 'uv.lock:3 is for Python >=3.9',
    workspace: 'uv.lock:3 is for Python >=3.9',
    'script-lock': 'index.py.lock:3 is for Python >=3.9',
    pylock: 'pylock.toml:5 is for Python >=3.9',
    poetry1: 'poetry.lock:208 is for Python >=3.9,<4.0',
    poetry2: 'poetry.lock:224 is for Python >=3.9,<4.0',
    pdm: 'pdm.lock:10 is for Python >=3.9,<3.11 or >=3.11',
    pyproject: 'pyproject.toml:4 is for Python >=3.9',
    script: 'index.py:2 is for Python >=3.9',
  };
  for (const [folder, text] of Object.entries(where)) {
    assert.equal(said(folder, {}, { runtime: '3.8' }), [
      `{root}/${text}, but the function runs on Python 3.8. Set \`runtime\` to one that it is for, or lock for Python 3.8 as well.`,
    ]);
  }
});

test('a lock of another manifest than the one beside it', () => {
  const newer = replace('tinycss2==1.3.0', 'tinycss2==1.4.0');
  const cases: readonly (readonly [string, string, string, number, Edit, string, string])[] = [
    ['uv', 'uv.lock', 'pyproject.toml', 5, newer, 'it was made without tinycss2==1.4', 'uv lock'],
    [
      'workspace',
      'uv.lock',
      'api/pyproject.toml',
      5,
      replace('"common",', '"common", "idna",'),
      'it was made without idna',
      'uv lock',
    ],
    [
      'above-uv',
      'app/uv.lock',
      'app/pyproject.toml',
      5,
      replace('markupsafe==3.0.2', 'markupsafe==3.0.1'),
      'it was made without markupsafe==3.0.1',
      'uv lock',
    ],
    [
      'script-lock',
      'index.py.lock',
      'index.py',
      3,
      newer,
      'it was made without tinycss2==1.4',
      'uv lock --script {root}/index.py',
    ],
    [
      'poetry1',
      'poetry.lock',
      'pyproject.toml',
      8,
      replace('~1.3.0', '~1.4.0'),
      'its content-hash is that of another one',
      'poetry lock',
    ],
    [
      'poetry2',
      'poetry.lock',
      'pyproject.toml',
      5,
      newer,
      'its content-hash is that of another one',
      'poetry lock',
    ],
    [
      'above-poetry',
      'app/poetry.lock',
      'app/pyproject.toml',
      5,
      replace('markupsafe==3.0.2', 'markupsafe==3.0.1'),
      'its content-hash is that of another one',
      'poetry lock',
    ],
    ['pdm', 'pdm.lock', 'pyproject.toml', 5, newer, 'its content_hash is that of another one', 'pdm lock'],
    [
      'pipenv',
      'Pipfile.lock',
      'Pipfile',
      1,
      replace('==1.3.0', '==1.4.0'),
      'its hash is that of another Pipfile',
      'pipenv lock',
    ],
  ];
  for (const [folder, lock, manifest, line, edit, reason, command] of cases) {
    assert.equal(said(folder, { [manifest]: edit }), [
      `{root}/${lock} is out of date with {root}/${manifest}:${line}: ${reason}. Run \`${command}\`.`,
    ]);
  }
});

test('no lock where only a lock says what is installed', () => {
  const without = (folder: string, lock: string) => said(folder, { [lock]: becomes(null) });
  const rest = 'or set `dependencies.from` to "none" to install nothing.';
  assert.equal(without('pipenv', 'Pipfile.lock'), [
    `{root}/Pipfile:1 declares dependencies, but nothing beside it locks them. Run \`pipenv lock\`, ${rest}`,
  ]);
  assert.equal(without('poetry1', 'poetry.lock'), [
    `{root}/pyproject.toml:8 declares dependencies, but nothing beside it locks them. Run \`poetry lock\`, ${rest}`,
  ]);
  const { plan } = edited('poetry2', { 'poetry.lock': becomes(null) });
  assert.match(plan().warnings.map(showPlanWarning).join('\n'), /`poetry lock`/);
});

test('two declarations: one is used, and the other is told', () => {
  const { root, plan } = edited(
    'poetry2',
    { 'requirements.txt': becomes('six==1.16.0\n') },
    { dependencies: {} },
  );
  assert.equal(plan().warnings, [
    { _tag: 'DeclarationNotUsed', used: `${root}/requirements.txt`, unused: `${root}/poetry.lock` },
  ]);
});

test('includes in a circle, and what is not there', () => {
  assert.equal(said('requirements', { 'base.txt': becomes('-r requirements.txt\n') }), [
    '{root}/base.txt:1 includes {root}/requirements.txt, which includes this file. Take one of the two lines away.',
  ]);
  assert.equal(said('requirements', { 'base.txt': becomes('-r ../outside.txt\n') }), [
    '{root}/base.txt:1 includes {parent}/outside.txt, which does not exist. Paths after -r and -c are relative to the file they stand in.',
  ]);
  assert.equal(said('above-requirements', { 'app/requirements.txt': becomes('-e ../../outside\n') }), [
    '{root}/app/requirements.txt:1 requires {parent}/outside, which does not exist. Correct its path: that of a local package is relative to the folder of the declaration, and of a requirements file to that of the first one.',
  ]);
});

test('wheels of another platform only', () => {
  const poetry = /^ +\{file = "[mM]arkup[sS]afe-3\.0\.2(?!.*cp311-win_amd64).*\n/gm;
  const uv =
    /^ +\{ url = "[^"]*\/[mM]arkup[sS]afe-3\.0\.2-(?!.*cp311-win_amd64).*\n|^sdist = .*markupsafe.*\n/gm;
  const rest =
    'locks markupsafe 3.0.2, which has no file for the target and no source distribution; it has MarkupSafe-3.0.2-cp311-cp311-win_amd64.whl. Lock a version that has one, or set `runtime` or `architecture` to one that it has a file for.';
  assert.equal(said('poetry2', { 'poetry.lock': replace(poetry, '') }), [`{root}/poetry.lock:87 ${rest}`]);
  const [message, ...more] = said('uv', { 'uv.lock': replace(uv, '') });
  assert.is(message?.replace(/:\d+ /, ' '), `{root}/uv.lock ${rest}`);
  assert.equal(more, []);
});

test('groups and extras that are not there', () => {
  const known = {
    requirements: ['requirements.txt', 'none', 'none'],
    script: ['index.py', 'none', 'none'],
    'script-lock': ['index.py.lock', 'none', 'none'],
    uv: ['uv.lock', 'dev, docs, web', 'names, unused'],
    workspace: ['uv.lock', 'dev', 'none'],
    pylock: ['pylock.toml', 'none', 'none'],
    poetry1: ['poetry.lock', 'dev, docs, web', 'names, unused'],
    poetry2: ['poetry.lock', 'dev, docs, web', 'names, unused'],
    pipenv: ['Pipfile.lock', 'develop', 'none'],
    pdm: ['pdm.lock', 'dev, docs, names, unused, web', 'dev, docs, names, unused, web'],
    pyproject: ['pyproject.toml', 'dev, docs, web', 'names, unused'],
  } as const;
  for (const [folder, [file, groups, extras]] of Object.entries(known)) {
    const dependencies = { groups: ['nope'], extras: ['none'] };
    assert.equal(said(folder, {}, { dependencies }), [
      `{root}/${file} has no group "nope" (from \`dependencies.groups\`). It has: ${groups}.`,
      `{root}/${file} has no extra "none" (from \`dependencies.extras\`). It has: ${extras}.`,
    ]);
  }
});

test.run();
