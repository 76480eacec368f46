import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { plan } from '../../../../src/plan/plan';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import type { ProjectDeclaration } from '../../../../src/plan/model/source-snapshot';
import { request, snapshot } from '../../support/world';

const test = suite('how the tool of a lock builds packages');

const planned = (kind: ProjectDeclaration['kind'], lock: string, manifest: string, settings?: string) =>
  plan(
    request({
      runtime: { prop: 'python3.12' },
      dependencies: { ...DEFAULT_DEPENDENCIES, groups: kind === 'pipenv' ? ['dev'] : [] },
    }),
    snapshot({
      project: {
        kind,
        source: { file: '/app/the.lock', text: lock },
        manifest: { file: '/app/pyproject.toml', text: manifest },
        ...(settings === undefined ? {} : { settings: { file: `/app/${kind}.toml`, text: settings } }),
        localPackages: [],
      },
    }),
  );

const installOf = (...given: Parameters<typeof planned>) => {
  const result = planned(...given);
  if (isLeft(result)) throw new Error(result.left.map(showPlanError).join('\n'));
  return result.right.install;
};

const told = (...given: Parameters<typeof planned>): readonly string[] => {
  const result = planned(...given);
  return isLeft(result) ? result.left.map(showPlanError) : [];
};

const textsOf = (...given: Parameters<typeof planned>): readonly string[] =>
  (installOf(...given)?.generated ?? []).map(({ text }) => text);

const WHEEL = 'py3-none-any.whl';

/** Packages by name, each with its files. */
const poetryLock = (packages: Readonly<Record<string, readonly string[]>>): string =>
  `${Object.entries(packages)
    .map(
      ([name, files]) =>
        `[[package]]\nname = "${name}"\nversion = "1.0"\noptional = false\npython-versions = "*"\ngroups = ["main"]\nfiles = [${files
          .map((end) => `{file = "${name}-1.0${end}", hash = "sha256:aa"}`)
          .join(', ')}]\n`,
    )
    .join('\n')}\n[metadata]\nlock-version = "2.1"\npython-versions = ">=3.9"\n`;

const poetry = (constraints: string): string =>
  `[project]\nname = "x"\nversion = "0"\ndependencies = ["a", "b"]\n[tool.poetry.build-constraints]\n${constraints}`;

const SDIST = ['.tar.gz'];
const BOTH = [`-${WHEEL}`, '.tar.gz'];

test('build constraints of Poetry are what uv builds with', () => {
  const manifest = poetry(
    'a = {setuptools = "<75", Cython = {version = "^3.0", markers = "python_version > \'3\'"}}\n',
  );
  assert.equal(installOf('poetry', poetryLock({ a: SDIST, b: BOTH }), manifest)?.uv, {
    settings: {
      'build-constraint-dependencies': ["Cython>=3.0,<4 ; python_version > '3'", 'setuptools<75'],
    },
    indexed: [],
    from: [{ setting: 'tool.poetry.build-constraints.a', file: '/app/pyproject.toml', line: 6 }],
  });
});

test('poetry.toml: what is built although it has a wheel, and what may not be', () => {
  const lock = poetryLock({ a: BOTH, b: [`-${WHEEL}`] });
  const plain = poetry('');
  for (const value of ['["A"]', '"a"', '["a", "c"]'])
    assert.match(
      textsOf('poetry', lock, plain, `[installer]\nno-binary = ${value}\n`)[0] ?? '',
      /^--no-binary a$/m,
    );
  const all = textsOf('poetry', lock, plain, '[installer]\nno-binary = true\n')[0] ?? '';
  assert.match(all, /^--no-binary a\n--no-binary b$/m);
  for (const value of ['false', '":none:"', '["c"]'])
    assert.not.match(
      textsOf('poetry', lock, plain, `[installer]\nno-binary = ${value}\n`)[0] ?? '',
      /--no-binary/,
    );
  const only = '[virtualenvs]\ncreate = false\n[installer]\nonly-binary = ["a"]\n';
  assert.equal(told('poetry', lock, plain, only), []);
  assert.equal(told('poetry', poetryLock({ a: SDIST }), plain, only), [
    '/app/poetry.toml:4 has installer.only-binary: Poetry does not build a, and the lock has no wheel for the target. Lock versions that have one, or remove these names from the list.',
  ]);
});

test('poetry.toml: settings of a build', () => {
  const settings = '[installer.build-config-settings.a]\n"--global-option" = "x"\n';
  assert.equal(told('poetry', poetryLock({ a: BOTH }), poetry(''), settings), []);
  assert.equal(told('poetry', poetryLock({ a: SDIST }), poetry(''), settings), [
    '/app/poetry.toml:1 has installer.build-config-settings.a: Poetry builds a with these settings, and this library does not. Lock a version that has a wheel for the target, or remove the setting.',
  ]);
});

test('pdm.toml: builds without isolation', () => {
  const lock = (end: string): string =>
    `[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"\n[[metadata.targets]]\nrequires_python = ">=3.9"\n[[package]]\nname = "a"\nversion = "1.0"\ngroups = ["default"]\nfiles = [{file = "a-1.0${end}", hash = "sha256:aa"}]\n`;
  const manifest = '[project]\nname = "x"\nversion = "0"\ndependencies = ["a"]\n';
  const settings = 'build_isolation = false\n';
  assert.equal(told('pdm', lock(`-${WHEEL}`), manifest, settings), []);
  assert.equal(told('pdm', lock('.tar.gz'), manifest, settings), [
    '/app/pdm.toml:1 has build_isolation = false: PDM builds a with packages that are already installed, and this library does not. Remove the setting, or lock versions that have a wheel for the target.',
  ]);
  assert.equal(told('pdm', lock('.tar.gz'), manifest, 'build_isolation = true\n'), []);
});

test('they are nothing for a package that has a wheel', () => {
  const manifest = poetry('a = {setuptools = "<75 || >80"}\n');
  assert.equal(installOf('poetry', poetryLock({ a: BOTH, b: SDIST }), manifest)?.uv, undefined);
});

test('constraints that uv cannot be given are an error', () => {
  assert.equal(told('poetry', poetryLock({ a: SDIST }), poetry('a = {setuptools = "<75 || >80"}\n')), [
    '/app/pyproject.toml:6 has tool.poetry.build-constraints.a: Poetry builds a with these versions, and uv cannot express them. Write each as one range of versions, without `||`.',
  ]);
  assert.equal(told('poetry', poetryLock({ a: SDIST }), poetry('a = {setuptools = {path = "../s"}}\n')), [
    '/app/pyproject.toml:6 has tool.poetry.build-constraints.a: Poetry builds a with these versions, and uv cannot express them. Write each as one range of versions, without `||`.',
  ]);
});

test('so are constraints for one of two packages that are built', () => {
  const lock = poetryLock({ a: SDIST, b: SDIST });
  assert.equal(told('poetry', lock, poetry('a = {setuptools = "<75"}\n')), [
    '/app/pyproject.toml:6 has tool.poetry.build-constraints.a: Poetry builds a with these versions and b without them, but uv has one list for all builds. Give b the same build constraints.',
  ]);
  assert.equal(
    installOf('poetry', lock, poetry('a = {setuptools = "<75"}\nb = {setuptools = "<75"}\n'))?.uv?.settings,
    { 'build-constraint-dependencies': ['setuptools<75'] },
  );
});

const pdmLock = (packages: Readonly<Record<string, readonly string[]>>): string =>
  `[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"\n[[metadata.targets]]\nrequires_python = ">=3.9"\n\n${Object.entries(
    packages,
  )
    .map(
      ([name, files]) =>
        `[[package]]\nname = "${name}"\nversion = "1.0"\ngroups = ["default"]\nfiles = [${files
          .map((end) => `{file = "${name}-1.0${end}", hash = "sha256:aa"}`)
          .join(', ')}]\n`,
    )
    .join('\n')}`;

const pdm = (more: string): string =>
  `[project]\nname = "x"\nversion = "0"\ndependencies = ["A_b", "c"]\n${more}`;

test('no-binary of PDM builds a package that has a wheel', () => {
  const lock = pdmLock({ 'a-b': BOTH, c: BOTH });
  const lines = (build: string): readonly string[] => [
    `${build}${['a-b', 'c'].map((name) => `${name}==1.0 --hash=sha256:aa --hash=sha256:aa\n`).join('')}`,
  ];
  assert.equal(textsOf('pdm', lock, pdm('')), lines(''));
  for (const written of ['["A.b"]', '"d, A.b"'])
    assert.equal(
      textsOf('pdm', lock, pdm(`[tool.pdm.resolution]\nno-binary = ${written}\n`)),
      lines('--no-binary a-b\n'),
    );
  assert.equal(
    textsOf('pdm', lock, pdm('[tool.pdm.resolution]\nno-binary = [":all:"]\nonly-binary = ["c"]\n')),
    lines('--no-binary a-b\n'),
  );
  assert.equal(
    textsOf('pdm', lock, pdm('[tool.pdm.resolution]\nno-binary = ["a-b"]\nonly-binary = ["a-b", ":all:"]\n')),
    lines(''),
  );
});

test('only-binary of PDM is an error for a package without a wheel', () => {
  const manifest = pdm('[tool.pdm.resolution]\nonly-binary = ":all:"\n');
  assert.equal(told('pdm', pdmLock({ 'a-b': SDIST, c: BOTH }), manifest), [
    '/app/pyproject.toml:6 has tool.pdm.resolution.only-binary: PDM does not build a-b, and the lock has no wheel for the target. Lock versions that have one, or remove these names from the list.',
  ]);
  assert.equal(told('pdm', pdmLock({ 'a-b': BOTH, c: BOTH }), manifest), []);
});

test('options of pdm that change a build are an error where something is built', () => {
  const manifest = pdm('[tool.pdm.options]\nsync = ["--no-isolation", "-Cfast=1", "--clean"]\n');
  const after =
    'and this library does not. Remove the option, or lock versions that have a wheel for the target.';
  assert.equal(told('pdm', pdmLock({ 'a-b': SDIST, c: BOTH }), manifest), [
    `/app/pyproject.toml:6 has the option --no-isolation in tool.pdm.options.sync: PDM builds a-b with packages that are already installed instead of those in its \`[build-system]\`, ${after}`,
    `/app/pyproject.toml:6 has the option -Cfast=1 in tool.pdm.options.sync: PDM builds a-b with these settings, ${after}`,
  ]);
  assert.equal(told('pdm', pdmLock({ 'a-b': BOTH, c: BOTH }), manifest), []);
});

test('no_binary of a Pipfile.lock builds the package', () => {
  const lock = JSON.stringify({
    _meta: { 'pipfile-spec': 6, sources: [{ name: 'pypi', url: 'https://pypi.org/simple' }] },
    default: {
      a: { version: '==1.0', hashes: ['sha256:aa'] },
      b: { version: '==1.0', hashes: ['sha256:bb'], no_binary: true },
    },
    develop: { a: { version: '==1.0', hashes: ['sha256:aa'], no_binary: true } },
  });
  assert.equal(textsOf('pipenv', lock, '[packages]\na = "*"\n'), [
    '--no-binary a\n--no-binary b\na==1.0 --hash=sha256:aa\nb==1.0 --hash=sha256:bb\n',
  ]);
});

test.run();
