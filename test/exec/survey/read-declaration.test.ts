import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../../src/exec/survey/survey';
import { surveyMemory } from '../../../src/exec/survey/survey-memory';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import type { SourceSnapshot } from '../../../src/plan/model/source-snapshot';
import { diskReadsOf, filesRead } from '../support/disk-reads';
import { folderOf, HANDLER, requestFor, surveyOf } from '../support/requests';

const test = suite('what declares dependencies, as it is read');

const LIB = {
  'libs/lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\n',
  'libs/lib/lib.py': 'x = 1\n',
};

const uvLock = (...packages: readonly string[]): string =>
  [
    'version = 1',
    'requires-python = ">=3.9"',
    ...packages.map(
      (source, index) => `\n[[package]]\nname = "p${index}"\nversion = "1"\nsource = { ${source} }`,
    ),
    '',
  ].join('\n');

const member = (name: string, ...dependencies: readonly string[]): string =>
  `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n`;

/** What was read, with paths relative to a folder. */
const summary = (folder: string, { project, requirements, unused, problems }: SourceSnapshot) => ({
  kind: project?.kind ?? (requirements === null ? null : 'requirements'),
  source: project === null ? null : path.relative(folder, project.source.file),
  manifest: project?.manifest ? path.relative(folder, project.manifest.file) : null,
  locals: (project?.localPackages ?? []).map((local) => [
    path.relative(folder, local.path),
    local.files.map((file) => file.path),
  ]),
  unused: unused.map((file) => path.relative(folder, file)),
  problems,
});

test("a workspace member's lock, its manifest, and the members that it needs alone", () => {
  const folder = folderOf({
    '.git/HEAD': '',
    'uv.lock': [
      'version = 1',
      'requires-python = ">=3.9"',
      '[[package]]\nname = "api"\nversion = "1"\nsource = { editable = "packages/api" }',
      'dependencies = [{ name = "lib" }]',
      '[package.metadata]\nrequires-dist = [{ name = "lib", editable = "libs/lib" }]',
      '[[package]]\nname = "lib"\nversion = "1"\nsource = { editable = "libs/lib" }',
      '[[package]]\nname = "other"\nversion = "1"\nsource = { editable = "packages/other" }',
      '',
    ].join('\n'),
    'packages/api/pyproject.toml': `${member('api', 'lib')}[tool.uv.sources]\nlib = { workspace = true }\n`,
    'packages/api/index.py': HANDLER,
    'packages/other/pyproject.toml': member('other'),
    ...LIB,
  });
  assert.equal(summary(folder, surveyOf(path.join(folder, 'packages/api/index.py'))), {
    kind: 'uv',
    source: 'uv.lock',
    manifest: 'packages/api/pyproject.toml',
    locals: [['libs/lib', ['lib.py', 'pyproject.toml']]],
    unused: [],
    problems: [],
  });
});

test('a local package that is not there is told with file and line; one outside a repository is read', () => {
  const lock = (local: string) =>
    `${uvLock('virtual = "."')}dependencies = [{ name = "lib" }]\n\n[[package]]\nname = "lib"\nversion = "1"\nsource = { directory = "${local}" }\n`;
  const folder = folderOf({
    'app/.git/HEAD': '',
    'app/uv.lock': lock('libs/gone'),
    'app/index.py': HANDLER,
    'outside/uv.lock': '',
    ...LIB,
  });
  const entry = path.join(folder, 'app/index.py');
  const file = path.join(folder, 'app/uv.lock');
  assert.equal(surveyOf(entry).problems, [
    { _tag: 'LocalPackageNotFound', path: path.join(folder, 'app/libs/gone'), file, line: 10 },
  ]);
  const elsewhere = folderOf({
    'app/.git/HEAD': '',
    'app/uv.lock': lock('../libs/lib'),
    'app/index.py': HANDLER,
    ...LIB,
  });
  const { problems, locals } = summary(elsewhere, surveyOf(path.join(elsewhere, 'app/index.py')));
  assert.equal([problems, locals], [[], [['libs/lib', ['lib.py', 'pyproject.toml']]]]);
});

test('lines of requirements files that leave a repository are read', () => {
  const folder = folderOf({
    'app/.git/HEAD': '',
    'app/requirements.txt': 'six\n-r ../more.txt\n-e ../libs/lib\n',
    'app/index.py': HANDLER,
    'more.txt': 'idna\n',
    ...LIB,
  });
  const { problems, requirements } = surveyOf(path.join(folder, 'app/index.py'));
  assert.equal(problems, []);
  assert.equal(
    [
      ...(requirements?.texts.map(({ file }) => file) ?? []),
      ...(requirements?.localPackages.map((one) => one.path) ?? []),
    ],
    ['app/requirements.txt', 'more.txt', 'libs/lib'].map((name) => path.join(folder, name)),
  );
});

test('a Pipfile without a lock installs nothing in silence', () => {
  const folder = folderOf({ Pipfile: '[packages]\nsix = "*"\n', 'index.py': HANDLER });
  assert.equal(surveyOf(path.join(folder, 'index.py')).problems, [
    { _tag: 'NoLock', manifest: path.join(folder, 'Pipfile'), line: 1, command: 'pipenv lock' },
  ]);
});

test('a Pipfile that asks for nothing, or for development alone, needs no lock', () => {
  for (const text of ['', '[dev-packages]\npytest = "*"\n', '[packages]\n']) {
    const folder = folderOf({ Pipfile: text, 'index.py': HANDLER });
    assert.equal(surveyOf(path.join(folder, 'index.py')).problems, [], text);
  }
  const broken = folderOf({ Pipfile: '[packages\n', 'index.py': HANDLER });
  assert.is(surveyOf(path.join(broken, 'index.py')).problems[0]?._tag, 'NoLock');
});

test('a script is read as the entry that it is, its lock beside it', () => {
  const script = `# /// script\n# dependencies = ["six"]\n# ///\n${HANDLER}`;
  const folder = folderOf({
    'a.py': script,
    'b.py': script,
    'b.py.lock': 'version = 1\n',
    'c.py': HANDLER,
    'requirements.txt': 'six\n',
  });
  const of = (name: string) => {
    const { kind, source, manifest, unused } = summary(folder, surveyOf(path.join(folder, name)));
    return { kind, source, manifest, unused };
  };
  const unused = ['requirements.txt'];
  assert.equal(of('a.py'), { kind: 'script', source: 'a.py', manifest: null, unused });
  assert.equal(of('b.py'), { kind: 'uv', source: 'b.py.lock', manifest: 'b.py', unused });
  assert.equal(of('c.py'), { kind: 'requirements', source: null, manifest: null, unused: [] });
});

test('dependencies.from chooses; what is not there is told', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n', 'prod.txt': 'idna\n' });
  const entry = path.join(folder, 'index.py');
  const from = (name: string) =>
    surveyOf(entry, {
      definingFiles: [entry],
      dependencies: { ...DEFAULT_DEPENDENCIES, from: name },
    });
  assert.is(from('prod.txt').requirements?.texts[0].text, 'idna\n');
  assert.is(from('none').requirements, null);
  assert.equal(from('uv.lock').problems, [
    { _tag: 'DeclarationNotFound', from: 'uv.lock', looked: [path.join(folder, 'uv.lock')] },
  ]);
});

test('functions that share a declaration have it read once', () => {
  const folder = folderOf({
    'uv.lock': uvLock('virtual = "."'),
    'pyproject.toml': member('p0', 'idna'),
    'fns/a.py': `import idna\n${HANDLER}`,
    'fns/b.py': `import idna\n${HANDLER}`,
  });
  const memory = surveyMemory();
  const ask = (name: string) => survey(requestFor(path.join(folder, 'fns', name)), memory)();
  assert.is(ask('a.py').project?.kind, 'uv');
  const reads = diskReadsOf(() => ask('b.py'));
  assert.equal(filesRead(reads), [path.join(folder, 'fns/b.py')]);
  assert.is(ask('b.py').project, ask('a.py').project);
});

test('what Poetry and PDM say of one project beside its pyproject.toml', () => {
  const of = (tree: Readonly<Record<string, string>>) => {
    const folder = folderOf({ 'index.py': HANDLER, 'pyproject.toml': member('app'), ...tree });
    const settings = surveyOf(folder).project?.settings;
    return settings && { ...settings, file: path.relative(folder, settings.file) };
  };
  const both = { 'poetry.toml': '[installer]\n', 'pdm.toml': '[pypi]\n' };
  assert.equal(of({ 'poetry.lock': '', ...both }), { file: 'poetry.toml', text: '[installer]\n' });
  assert.equal(of({ 'pdm.lock': '', ...both }), { file: 'pdm.toml', text: '[pypi]\n' });
  assert.is(of({ 'uv.lock': '', ...both }), undefined);
  assert.is(of({ 'poetry.lock': '' }), undefined);
});

test.run();
