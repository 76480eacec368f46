import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Disk } from '../../../src/exec/lookup/find-declaration';
import { findDeclaration } from '../../../src/exec/lookup/find-declaration';

const test = suite('which declaration of dependencies counts');

const PROJECT = '[project]\nname = "app"\ndependencies = ["six"]\n';

/** A disk with these files, by absolute path. */
const disk = (files: Readonly<Record<string, string>>): Disk => ({
  has: (file) => Object.keys(files).some((name) => name === file || name.startsWith(`${file}/`)),
  text: (file) => files[file],
});

/** What is found for /repo/app/fns/index.py. */
const find = (
  files: Readonly<Record<string, string>>,
  question: { readonly hasScript?: boolean; readonly from?: string; readonly end?: string } = {},
) =>
  findDeclaration(disk(files), {
    file: '/repo/app/fns/index.py',
    folder: '/repo/app/fns',
    hasScript: question.hasScript ?? false,
    from: question.from,
    end: question.end ?? '/repo',
  });

const usedOf = (...asked: Parameters<typeof find>): unknown => {
  const found = find(...asked);
  return 'problem' in found ? found.problem : found.used && [found.used.kind, found.used.file];
};

test('none', () => {
  assert.equal(find({}), { used: null, unused: [] });
});

test('beside the entry, in one order; the others are told, a manifest is not', () => {
  const all = {
    'requirements.txt': 'six\n',
    'pylock.toml': '',
    'uv.lock': '',
    'poetry.lock': '',
    'Pipfile.lock': '{}',
    'pdm.lock': '',
    'pyproject.toml': PROJECT,
    Pipfile: '',
  };
  const beside = (names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(all).flatMap(([name, text]) =>
        names.includes(name) ? [[`/repo/app/fns/${name}`, text]] : [],
      ),
    );
  const names = Object.keys(all);
  const order = names.map((_, index) => usedOf(beside(names.slice(index))));
  const at = (name: string) => `/repo/app/fns/${name}`;
  assert.equal(order, [
    ['requirements', at('requirements.txt')],
    ['pylock', at('pylock.toml')],
    ['uv', at('uv.lock')],
    ['poetry', at('poetry.lock')],
    ['pipenv', at('Pipfile.lock')],
    ['pdm', at('pdm.lock')],
    ['pyproject', at('pyproject.toml')],
    ['pipfile', at('Pipfile')],
  ]);
  assert.equal(find(beside(names)), {
    used: { kind: 'requirements', file: at('requirements.txt'), manifest: null },
    unused: ['pylock.toml', 'uv.lock', 'poetry.lock', 'Pipfile.lock', 'pdm.lock'].map(at),
  });
  assert.equal(find(beside(['uv.lock', 'pyproject.toml'])), {
    used: { kind: 'uv', file: at('uv.lock'), manifest: at('pyproject.toml') },
    unused: [],
  });
  assert.equal(find(beside(['requirements.txt', 'pyproject.toml', 'Pipfile'])), {
    used: { kind: 'requirements', file: at('requirements.txt'), manifest: null },
    unused: [at('pyproject.toml'), at('Pipfile')],
  });
});

test('a pyproject.toml counts beside others where it lists dependencies, and alone where it is a project', () => {
  const at = '/repo/app/fns/pyproject.toml';
  const requirements = { '/repo/app/fns/requirements.txt': 'six\n' };
  const unused = (text: string) => {
    const found = find({ ...requirements, [at]: text });
    return 'problem' in found ? found : found.unused;
  };
  assert.equal(unused('[tool.ruff]\nline-length = 100\n'), []);
  assert.equal(unused('[project]\nname = "a"\n'), []);
  assert.equal(unused('[project]\nname = "a"\ndynamic = ["dependencies"]\n'), []);
  assert.equal(unused(PROJECT), [at]);
  assert.equal(unused('[tool.poetry.dependencies]\npython = "^3.9"\n'), []);
  assert.equal(unused('[tool.poetry.dependencies]\npython = "^3.9"\nsix = "*"\n'), [at]);
  assert.is(usedOf({ [at]: '[tool.ruff]\n' }), null);
  assert.equal(usedOf({ [at]: '[project]\nname = "a"\n' }), ['pyproject', at]);
  assert.equal(usedOf({ [at]: '[project\n' }), ['pyproject', at]);
});

test("the entry's own metadata comes first, by its lock where that is there", () => {
  const requirements = { '/repo/app/fns/requirements.txt': 'six\n' };
  assert.equal(find(requirements, { hasScript: true }), {
    used: { kind: 'script', file: '/repo/app/fns/index.py', manifest: null },
    unused: ['/repo/app/fns/requirements.txt'],
  });
  assert.equal(find({ '/repo/app/fns/index.py.lock': '' }, { hasScript: true }), {
    used: { kind: 'uv', file: '/repo/app/fns/index.py.lock', manifest: '/repo/app/fns/index.py' },
    unused: [],
  });
});

test("in the project's root further up, where the entry needs it, up to the end of the search and never at a repository", () => {
  const lock = { '/repo/poetry.lock': '', '/repo/pyproject.toml': PROJECT };
  const used = { kind: 'poetry', file: '/repo/poetry.lock', manifest: '/repo/pyproject.toml' };
  assert.equal(find(lock), { used, unused: [], isAbove: true });
  for (const name of ['/repo/app/.git/HEAD', '/repo/app/cdk.json', '/repo/app/package.json'])
    assert.equal(find({ ...lock, [name]: '' }), { used, unused: [], isAbove: true });
  assert.is(usedOf(lock, { end: '/repo/app' }), null);
  assert.is(usedOf(lock, { from: 'beside' }), null);
});

test('beside the entry alone, where that is asked for', () => {
  const files = { '/repo/uv.lock': '', '/repo/app/fns/requirements.txt': '' };
  assert.equal(find(files, { from: 'beside' }), {
    used: { kind: 'requirements', file: '/repo/app/fns/requirements.txt', manifest: null },
    unused: [],
  });
  assert.equal(usedOf({}, { from: 'beside', hasScript: true }), ['script', '/repo/app/fns/index.py']);
});

test('requirements.txt further up counts in the root of a project only', () => {
  const files = { '/repo/.git/HEAD': '', '/repo/requirements.txt': 'black\n' };
  assert.is(usedOf(files), null);
  assert.is(usedOf({ ...files, '/repo/pyproject.toml': '[tool.black]\n' }), null);
  assert.equal(usedOf({ ...files, '/repo/pyproject.toml': PROJECT }), [
    'requirements',
    '/repo/requirements.txt',
  ]);
});

test('the nearest folder counts alone', () => {
  const files = { '/repo/.git/HEAD': '', '/repo/uv.lock': '', '/repo/app/fns/requirements.txt': '' };
  assert.equal(find(files), {
    used: { kind: 'requirements', file: '/repo/app/fns/requirements.txt', manifest: null },
    unused: [],
  });
});

test("a workspace member's lock is that of the workspace", () => {
  const member = {
    '/repo/.git/HEAD': '',
    '/repo/app/fns/pyproject.toml': PROJECT,
    '/repo/pyproject.toml': PROJECT,
  };
  const lock = (source: string) => `[[package]]\nname = "fns"\nversion = "1"\nsource = { ${source} }\n`;
  const used = { kind: 'uv', file: '/repo/uv.lock', manifest: '/repo/app/fns/pyproject.toml' };
  for (const kind of ['editable', 'virtual', 'directory']) {
    assert.equal(find({ ...member, '/repo/uv.lock': lock(`${kind} = "app/fns"`) }), { used, unused: [] });
  }
  // Wherever its root is.
  for (const end of ['/repo/app/fns', '/'])
    assert.equal(find({ ...member, '/repo/uv.lock': lock('editable = "app/fns"') }, { end }), {
      used,
      unused: [],
    });
  assert.equal(usedOf({ ...member, '/repo/uv.lock': lock('editable = "app"') }), [
    'pyproject',
    '/repo/app/fns/pyproject.toml',
  ]);
});

test('a project that a poetry.lock or a pdm.lock further up has by its path takes that lock', () => {
  const member = { '/repo/app/fns/pyproject.toml': PROJECT, '/repo/pyproject.toml': PROJECT };
  const poetry = '[[package]]\nname = "fns"\n\n[package.source]\ntype = "directory"\nurl = "app/fns"\n';
  const pdm = '[[package]]\nname = "fns"\nversion = "1"\npath = "./app/fns"\n';
  const manifest = '/repo/app/fns/pyproject.toml';
  for (const [kind, text] of [
    ['poetry', poetry],
    ['pdm', pdm],
  ] as const) {
    const file = `/repo/${kind}.lock`;
    assert.equal(find({ ...member, [file]: text }), { used: { kind, file, manifest }, unused: [] });
    // A lock of its own comes first.
    assert.equal(find({ ...member, [file]: text, '/repo/app/fns/uv.lock': '' }), {
      used: { kind: 'uv', file: '/repo/app/fns/uv.lock', manifest },
      unused: [],
    });
    assert.equal(usedOf({ ...member, [file]: text.replace('app/fns', 'app/other') }), [
      'pyproject',
      manifest,
    ]);
  }
});

test('dependencies.from names the file, beside the entry or further up', () => {
  const files = {
    '/repo/.git/HEAD': '',
    '/repo/app/fns/requirements.txt': '',
    '/repo/app/fns/requirements/prod.txt': '',
    '/repo/app/pylock.lambda.toml': '',
    '/repo/uv.lock': '',
    '/repo/pyproject.toml': PROJECT,
  };
  assert.equal(usedOf(files, { from: 'none' }), null);
  // The option itself is an error.
  assert.equal(usedOf(files, { from: '' }), null);
  assert.equal(usedOf(files, { from: 'uv.lock' }), ['uv', '/repo/uv.lock']);
  assert.equal(usedOf(files, { from: 'pylock.lambda.toml' }), ['pylock', '/repo/app/pylock.lambda.toml']);
  assert.equal(usedOf(files, { from: 'requirements/prod.txt' }), [
    'requirements',
    '/repo/app/fns/requirements/prod.txt',
  ]);
  assert.equal(usedOf(files, { from: 'script', hasScript: true }), ['script', '/repo/app/fns/index.py']);
  assert.equal(usedOf(files, { from: 'script' }), {
    _tag: 'DeclarationNotFound',
    from: 'script',
    looked: ['/repo/app/fns/index.py'],
  });
  assert.equal(usedOf(files, { from: 'pdm.lock' }), {
    _tag: 'DeclarationNotFound',
    from: 'pdm.lock',
    looked: ['/repo/app/fns', '/repo/app', '/repo'].map((folder) => path.join(folder, 'pdm.lock')),
  });
  assert.equal(usedOf(files, { from: 'environment.yml' }), {
    _tag: 'DeclarationNotFound',
    from: 'environment.yml',
    looked: [],
  });
});

test('a declaration that this library has locked is used by its lock', () => {
  const lockOf = (declaration: string): string =>
    `[[packages]]\n\n[tool.cdk-lambda-python]\ndeclaration = "${declaration}"\n`;
  const at = (name: string) => `/repo/app/fns/${name}`;
  const both = { [at('requirements.txt')]: 'six\n', [at('pylock.toml')]: lockOf('requirements.txt') };
  const used = { kind: 'pylock', file: at('pylock.toml'), manifest: at('requirements.txt') };
  assert.equal(find(both), { used, unused: [] });
  assert.equal(find(both, { from: 'requirements.txt' }), { used, unused: [] });
  // Of another declaration, or another tool.
  for (const text of [lockOf('pyproject.toml'), ''])
    assert.equal(find({ ...both, [at('pylock.toml')]: text }), {
      used: { kind: 'requirements', file: at('requirements.txt'), manifest: null },
      unused: [at('pylock.toml')],
    });
  const script = { [at('index.py')]: '', [at('pylock.index.toml')]: lockOf('index.py') };
  assert.equal(usedOf(script, { hasScript: true }), ['pylock', at('pylock.index.toml')]);
  assert.equal(usedOf({ ...script, [at('index.py.lock')]: '' }, { hasScript: true }), [
    'uv',
    at('index.py.lock'),
  ]);
  const prod = { [at('prod.txt')]: 'six\n', [at('pylock.prod.toml')]: lockOf('prod.txt') };
  assert.equal(usedOf(prod, { from: 'prod.txt' }), ['pylock', at('pylock.prod.toml')]);
});

test.run();
