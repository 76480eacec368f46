import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import { lockedRequirements } from '../../../../src/plan/declarations/sets/locked-requirements';
import type { LockedPackage } from '../../../../src/plan/locks/locked/locked-set';
import { containerInstallers } from '../../../../src/plan/install/container-installers';
import { hostInstall } from '../../../../src/plan/install/installer-argv';
import { aloneRuns } from '../../../../src/plan/parts/local-runs';
import type { PythonRuntime } from '../../../../src/plan/target/python-runtime';
import { findRuntime } from '../../../../src/plan/target/python-runtime';
import { PYTHON_3_11 } from '../../support/targets';

const test = suite('indexes of a lock');

const target = PYTHON_3_11;
const PYTHON = findRuntime('3.11') as PythonRuntime;

const PYPI: LockedPackage = {
  name: 'six',
  version: '1.16.0',
  source: { _tag: 'Index', url: null },
  hashes: ['sha256:aa'],
  files: ['six-1.16.0-py2.py3-none-any.whl'],
  line: 3,
};
const CORP: LockedPackage = {
  ...PYPI,
  name: 'corp',
  source: { _tag: 'Index', url: 'https://c.example/simple' },
};
const SDIST: LockedPackage = { ...CORP, name: 'sdist', files: ['sdist-1.16.0.tar.gz'] };
const GIT: LockedPackage = {
  ...PYPI,
  name: 'git',
  source: { _tag: 'Git', url: 'https://g.example/git', commit: 'a'.repeat(40), subdirectory: null },
  hashes: [],
  files: null,
};

const set = (
  packages: readonly LockedPackage[],
  manifest = '',
  options: Partial<DependencyRequest> = {},
  kind: 'uv' | 'poetry' | 'pdm' = 'uv',
) => {
  const found = lockedRequirements(
    {
      kind,
      source: { file: `/repo/${kind}.lock`, text: '' },
      manifest: { file: '/repo/pyproject.toml', text: manifest },
      localPackages: [],
    },
    { packages, requested: [] },
    { ...DEFAULT_DEPENDENCIES, ...options },
    target,
  );
  if (isLeft(found) || found.right === null) throw new Error(JSON.stringify(found));
  return found.right;
};

/** The index lines of each run, and the names of what it installs. */
const runs = (...asked: Parameters<typeof set>): readonly (readonly [string, string])[] => {
  const { generated, requirements, runs = [requirements] } = set(...asked);
  return runs.map((files) => {
    const lines = generated
      .filter(({ path }) => files.includes(path))
      .flatMap(({ text }) => text.trim().split('\n'));
    const [options, packages] = [true, false].map((is) =>
      lines.filter((line) => line.startsWith('--') === is),
    );
    return [
      [...new Set(options)].join(' '),
      (packages ?? []).map((line) => line.split(/[ =]/)[0]).join(' '),
    ] as const;
  });
};

const OF_CORP = '--index-url https://c.example/simple';

test('each package comes from its own index, one run for each', () => {
  const asked = [PYPI, CORP, { ...CORP, name: 'lone', hashes: [] }];
  assert.equal(runs(asked), [
    ['', 'six'],
    [OF_CORP, 'corp lone'],
  ]);
  assert.equal(set(asked).runs, [
    ['locked-requirements.txt'],
    ['locked-requirements-2.txt', 'locked-without-hashes-2.txt'],
  ]);
  assert.equal(set(asked).requirements, [
    'locked-requirements.txt',
    'locked-requirements-2.txt',
    'locked-without-hashes-2.txt',
  ]);
  const { runs: one, requirements } = set([CORP]);
  assert.equal([one, requirements], [undefined, ['locked-requirements.txt']]);
});

test('indexes of the options take the place of the default one, and not of that of a package', () => {
  const options = { index: 'https://i.example/${TOKEN}', extraIndexes: ['https://e.example'] };
  const own = '--index-url https://i.example/${TOKEN} --extra-index-url https://e.example';
  assert.equal(runs([PYPI], '', options), [[own, 'six']]);
  assert.equal(runs([CORP], '', options), [[OF_CORP, 'corp']]);
  assert.equal(runs([PYPI, CORP], '', options), [
    [OF_CORP, 'corp'],
    [own, 'six'],
  ]);
});

const index = (more: string): string =>
  `[[tool.uv.index]]\nname = "corp"\nurl = "https://c.example/simple"\n${more}`;

test('what a build requires comes from the default index of the project', () => {
  assert.equal(runs([CORP, GIT], index('explicit = true')), [
    ['', 'git'],
    [OF_CORP, 'corp'],
  ]);
  assert.equal(runs([CORP, GIT]), [
    ['', 'git'],
    [OF_CORP, 'corp'],
  ]);
  assert.equal(runs([CORP, GIT], index('default = true')), [[OF_CORP, 'corp git']]);
  // uv asks it for every package, so for what a build requires as well.
  assert.equal(runs([CORP, GIT], index('')), [
    ['--extra-index-url https://c.example/simple', 'git'],
    [OF_CORP, 'corp'],
  ]);
  assert.equal(runs([PYPI, GIT], index('explicit = true')), [['', 'six git']]);
  assert.equal(runs([GIT], index('default = true'), { index: 'https://i.example' }), [
    ['--index-url https://i.example', 'git'],
  ]);
});

test('a password of an index in the manifest is in no plan', () => {
  const secret = (more: string): string => index(more).replace('https://', 'https://me:secret@');
  assert.throws(
    () => runs([CORP, GIT], secret('')),
    ({ message }: Error) => message.includes('IndexSettingNotFollowed') && !message.includes('secret'),
  );
  const plain = index('explicit = true');
  assert.equal(set([PYPI, GIT], secret('explicit = true')), set([PYPI, GIT], plain), 'is not asked');
  const named = [{ ...CORP, source: { ...CORP.source, others: ['https://me:secret@o.example'] } }];
  assert.throws(() => runs(named as LockedPackage[]), /CredentialsInDeclaration/);
});

test('the variables of the indexes that are asked', () => {
  const corp = { url: 'https://c.example/simple', variables: 'UV_INDEX_CORP' };
  assert.equal(set([CORP], index('explicit = true')).credentials, [corp]);
  assert.equal(set([GIT], index('')).credentials, [corp]);
  assert.is(set([PYPI], index('')).credentials, undefined);
  assert.is(set([CORP]).credentials, undefined);
});

test('a last slash makes no other index: locks leave it out', () => {
  const slashed = (more: string): string => index(more).replace('/simple"', '/simple/"');
  const corp = { url: 'https://c.example/simple', variables: 'UV_INDEX_CORP' };
  assert.equal(set([CORP], slashed('explicit = true')).credentials, [corp]);
  assert.equal(runs([CORP, GIT], slashed('default = true')), [[OF_CORP, 'corp git']]);
  assert.equal(runs([CORP, SDIST], slashed('')), [
    ['--extra-index-url https://c.example/simple', 'sdist'],
    [OF_CORP, 'corp'],
  ]);
  const pyproject = '[[tool.poetry.source]]\nname = "corp-eu"\nurl = "https://c.example/simple/"\n';
  const found = set([CORP, GIT], pyproject, {}, 'poetry');
  assert.equal(found.credentials, [
    { url: 'https://c.example/simple', variables: 'POETRY_HTTP_BASIC_CORP_EU' },
  ]);
  assert.equal(runs([CORP, GIT], pyproject, {}, 'poetry'), [[OF_CORP, 'corp git']]);
});

test('a source distribution comes from its own index, and what its build requires from the default one', () => {
  assert.equal(runs([CORP, SDIST], index('explicit = true')), [
    ['--extra-index-url https://c.example/simple', 'sdist'],
    [OF_CORP, 'corp'],
  ]);
  assert.equal(runs([CORP, SDIST], index('default = true')), [[OF_CORP, 'corp sdist']]);
});

/** A package that two indexes may have, as PDM leaves it open. */
const EITHER: LockedPackage = {
  ...PYPI,
  name: 'either',
  source: { _tag: 'Index', url: null, others: ['https://c.example/simple'] },
};
const OPEN_SDIST: LockedPackage = { ...EITHER, name: 'source', files: ['source-1.16.0.tar.gz'] };
const BOTH = '--extra-index-url https://c.example/simple';

/** The runs of uv that ask all indexes of their packages, by the names of their files; and all runs. */
const decided = (...asked: Parameters<typeof set>) => {
  const found = set(...asked);
  const what = { ...found, runtime: PYTHON, resolvedAsOf: null };
  const [host] = hostInstall(PYTHON, 'x86_64', what).tools;
  const [container] = containerInstallers('x86_64', what).installers;
  const [here, there] = [host?.runs ?? [], container ?? []].map((all) =>
    all.map((argv) => [
      argv[argv.indexOf('--requirement') + 1],
      argv.includes('--index-strategy') ? argv[argv.indexOf('--index-strategy') + 1] : 'first',
    ]),
  );
  assert.equal(here, there, 'on this machine and in a container');
  return here;
};

test('uv asks all indexes that may have a package where its hash decides, here and in a container', () => {
  const FILE = 'locked-requirements.txt';
  assert.equal(decided([EITHER]), [[FILE, 'unsafe-best-match']]);
  assert.equal(decided([PYPI]), [[FILE, 'first']]);
  assert.equal(decided([CORP]), [[FILE, 'first']]);
  assert.equal(decided([{ ...EITHER, hashes: [] }]), [['locked-without-hashes.txt', 'first']]);
  assert.equal(
    decided([EITHER, { ...EITHER, name: 'plain', hashes: [] }]),
    [
      [FILE, 'unsafe-best-match'],
      ['locked-without-hashes.txt', 'first'],
    ],
    'what has no hash is asked for in the order of the indexes',
  );
});

test('a build asks the indexes of its package in their order: what it requires has no hash', () => {
  assert.equal(runs([OPEN_SDIST]), [[BOTH, 'source']]);
  assert.equal(decided([OPEN_SDIST]), [['locked-requirements.txt', 'first']]);
  assert.equal(decided([EITHER, OPEN_SDIST]), [['locked-requirements.txt', 'first']]);
  assert.equal(decided([CORP, SDIST], index('explicit = true'))?.[0], ['locked-requirements.txt', 'first']);
});

test('a local package alone asks in the order of the indexes, whatever the run before it does', () => {
  const argv = [
    'pip',
    'install',
    '--index-strategy',
    'unsafe-best-match',
    '--no-deps',
    '--requirement',
    'a.txt',
  ];
  assert.equal(aloneRuns([argv], ['b.txt']), [['pip', 'install', '--no-deps', '--requirement', 'b.txt']]);
});

test('what no index has goes with the first run', () => {
  const url: LockedPackage = {
    ...PYPI,
    name: 'url',
    source: { _tag: 'Url', url: 'https://u.example/url-1-py3-none-any.whl', subdirectory: null },
  };
  assert.equal(runs([CORP, url]), [[OF_CORP, 'corp url']]);
  assert.equal(runs([CORP, PYPI, url]), [
    ['', 'six url'],
    [OF_CORP, 'corp'],
  ]);
  assert.equal(runs([url]), [['', 'url']]);
});

test.run();
