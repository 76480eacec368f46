import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InstallInput, InstallPlan } from '../../../src/plan/model/install-plan';
import { localInstall, localKey, othersKey } from '../../../src/plan/parts/local-install';
import type { LocalParts } from '../../../src/plan/parts/local-part';
import { localPartsIn } from '../../../src/plan/parts/local-part';
import { planned as plannedOf, request, requiring } from '../support/world';

const test = suite('local packages as parts of their own');

const project = (name: string, more = ''): string => `[project]\nname = "${name}"\nversion = "1"\n${more}`;

/** The parts of an install with these inputs, of which one requirements file is read. */
const partsOf = (
  files: Readonly<Record<string, string>>,
  localPackages: readonly string[],
  changes: Partial<InstallPlan> = {},
): LocalParts | undefined => {
  const inputs = Object.keys(files).map((path) => ({ path }) as InstallInput);
  const install = { executor: 'host', sdist: 'host', isWhole: false, inputs, host: { localPackages } };
  return localPartsIn(
    { ...install, ...changes } as InstallPlan,
    ['fn/requirements.txt', 'libs/a/requirements.txt'],
    (file) => files[file] ?? '',
  );
};

const shown = (found: LocalParts | undefined) =>
  found && {
    parts: Object.fromEntries(
      found.parts.map(({ name, inputs }) => [name, inputs.map(({ path }) => path).join(' ')]),
    ),
    others: found.others.map(({ path }) => path).join(' '),
  };

const TWO = {
  'fn/requirements.txt': '',
  'libs/a/pyproject.toml': project('lib-a'),
  'libs/a/a.py': '',
  'libs/b/pyproject.toml': project('Lib_B'),
  'libs/b/b.py': '',
};

test('each has its own files, and what else is installed does not depend on its modules', () => {
  assert.equal(shown(partsOf(TWO, ['lib-a', 'lib-b'])), {
    parts: { 'lib-a': 'libs/a/pyproject.toml libs/a/a.py', 'lib-b': 'libs/b/pyproject.toml libs/b/b.py' },
    others: 'fn/requirements.txt libs/a/pyproject.toml libs/b/pyproject.toml',
  });
});

test('a file that no package holds counts for all of them, and for the others', () => {
  const { parts, others } = shown(partsOf({ ...TWO, VERSION: '1' }, ['lib-a', 'lib-b'])) ?? {};
  assert.equal(parts, {
    'lib-a': 'libs/a/pyproject.toml libs/a/a.py VERSION',
    'lib-b': 'libs/b/pyproject.toml libs/b/b.py VERSION',
  });
  assert.ok(others?.endsWith(' VERSION'));
});

const GIT = { path: '.', from: '/repo', digest: 'd1', branch: null, packages: ['libs/a'] };

test('a package with a version from Git counts all files of the repository, as any may differ from the commit', () => {
  const found = shown(partsOf(TWO, ['lib-a', 'lib-b'], { git: [GIT] }));
  assert.is(found?.parts['lib-a'], Object.keys(TWO).join(' '));
  assert.is(found?.parts['lib-b'], 'libs/b/pyproject.toml libs/b/b.py');
});

const { install: planned, runtime } = plannedOf(request({}), requiring('six\n'));
if (planned === null) throw new Error('no install');
const PLANNED = planned;

/** The keys of the parts, and of what is beside them. */
const keysOf = (changes: Partial<InstallPlan>): readonly string[] => {
  const found = partsOf(TWO, ['lib-a', 'lib-b'], changes);
  const install = { ...PLANNED, ...changes };
  const parts = (found?.parts ?? []).map((part) => localKey({ part, options: [] }, install, runtime));
  return found === undefined ? [] : [...parts, othersKey(install, found, runtime, 'image')];
};

test('a commit counts for all that is built beside it, and not for the other modules', () => {
  const [a, b, others] = keysOf({ git: [GIT] });
  const after = keysOf({ git: [{ ...GIT, digest: 'd2' }] });
  assert.equal(
    after.map((key, at) => key === [a, b, others][at]),
    [false, false, true],
  );
  const outside = keysOf({ git: [{ ...GIT, packages: ['libs/a', 'libs/c'] }] });
  assert.is.not(outside[2], others);
});

test('settings of uv count for parts and for the others', () => {
  const settings = (value: string) => ({
    uv: { settings: { 'exclude-newer': value }, indexed: [], from: [] },
  });
  const [a, b, others] = keysOf(settings('2024-01-01'));
  const after = keysOf(settings('2025-01-01'));
  assert.equal(
    after.map((key, at) => key === [a, b, others][at]),
    [false, false, false],
  );
});

test('packages whose builds ask other indexes are installed by a run of their own', () => {
  const tool = { tool: 'uv', runs: [['install', '--no-config', '--no-deps', '--requirement', 'x.txt']] };
  const parts = partsOf(TWO, ['lib-a', 'lib-b'])?.parts ?? [];
  const install = { ...PLANNED, runs: [['x.txt']], host: { tools: [tool] } } as unknown as InstallPlan;
  const made = localInstall(
    install,
    parts.map((part, at) => ({ part, options: [`--index-url https://${at}.example/simple`] })),
  );
  assert.equal(made.generated, [
    { path: 'local-packages-0.txt', text: '--index-url https://0.example/simple\n./libs/a\n' },
    { path: 'local-packages-1.txt', text: '--index-url https://1.example/simple\n./libs/b\n' },
  ]);
  assert.equal(made.runs, [['local-packages-0.txt'], ['local-packages-1.txt']]);
  assert.equal(
    made.host.tools[0]?.runs,
    [0, 1].map((at) => ['install', '--no-config', '--no-deps', '--requirement', `local-packages-${at}.txt`]),
  );
});

test('a build that may read a package beside it counts the files of all', () => {
  const cases: readonly Readonly<Record<string, string>>[] = [
    { 'libs/a/setup.py': '' },
    {
      'libs/a/pyproject.toml': project('lib-a', '[tool.hatch.build.hooks.custom]\npath = "tools/hook.py"\n'),
      'libs/a/tools/hook.py': '',
    },
    { 'libs/a/pyproject.toml': project('lib-a', 'readme = "../b/README.md"') },
    { 'libs/a/pyproject.toml': project('lib-a', '[build-system]\nbackend-path = ["tools"]') },
  ];
  for (const more of cases) {
    const files: Readonly<Record<string, string>> = { ...TWO, ...more };
    const found = shown(partsOf(files, ['lib-a', 'lib-b']));
    assert.is(found?.parts['lib-a'], Object.keys(files).join(' '), JSON.stringify(more));
    assert.not(found?.parts['lib-b']?.includes('libs/a'));
  }
});

test('what a package around it says of ignored files counts', () => {
  const files = {
    ...TWO,
    'libs/.gitignore': '',
    'libs/a/.gitignore': '',
    'libs/a/nested/pyproject.toml': project('nested'),
  };
  const { parts } = shown(partsOf(files, ['lib-a', 'lib-b', 'nested'])) ?? {};
  assert.is(
    parts?.['nested'],
    'libs/a/pyproject.toml libs/.gitignore libs/a/.gitignore libs/a/nested/pyproject.toml',
  );
  assert.is(parts?.['lib-b'], 'libs/b/pyproject.toml libs/b/b.py libs/.gitignore');
});

test('what decides other modules counts for them, wherever it lies', () => {
  const files = {
    ...TWO,
    'libs/a/requirements.txt': 'six',
    'libs/a/vendor/x-1-py3-none-any.whl': '',
    'libs/a/nested/pyproject.toml': project('nested'),
    'libs/a/nested/n.py': '',
  };
  const others = [
    'fn/requirements.txt libs/a/pyproject.toml libs/b/pyproject.toml libs/a/requirements.txt',
    'libs/a/vendor/x-1-py3-none-any.whl libs/a/nested/pyproject.toml libs/a/nested/n.py',
  ].join(' ');
  assert.is(shown(partsOf(files, ['lib-a', 'lib-b']))?.others, others);
  // A package inside another is a part as well, and the one around it may hold its files.
  const found = shown(partsOf(files, ['lib-a', 'lib-b', 'nested']));
  assert.is(found?.parts['nested'], 'libs/a/pyproject.toml libs/a/nested/pyproject.toml libs/a/nested/n.py');
  assert.ok(found?.parts['lib-a']?.includes('libs/a/nested/n.py'));
});

test('there are none where it is not known which folder it is, or where all is built together', () => {
  assert.is(partsOf(TWO, ['another']), undefined);
  assert.is(partsOf({ ...TWO, 'x/pyproject.toml': project('lib-a') }, ['lib-a']), undefined);
  for (const changes of [{ sdist: 'docker' }, { isWhole: true }] as const)
    assert.is(partsOf(TWO, ['lib-a'], changes), undefined, JSON.stringify(changes));
});

test.run();
