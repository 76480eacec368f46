import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hostInstall, requirementArguments } from '../../../src/plan/install/installer-argv';
import { markerEnvironment } from '../../../src/plan/packaging/tags/marker-environment';
import { levelTags, platformTags } from '../../../src/plan/packaging/tags/platform-tags';
import { MINIMUM_PIP, MINIMUM_UV } from '../../../src/plan/variables/installer-versions';

const test = suite('host install');

const runtime = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
const what = {
  localPackages: ['y', 'z.z'],
  requirements: ['requirements.txt'],
  isLocked: false,
  isHashed: false,
};
const install = hostInstall(runtime, 'x86_64', what);

const UV_RUN = [
  'pip',
  'install',
  '--target',
  '{output}',
  '--python-version',
  '3.11',
  '--python-platform',
  'x86_64-manylinux_2_17',
  '--only-binary',
  ':all:',
  '--no-binary',
  'y',
  '--no-binary',
  'z.z',
  '--no-config',
  '--verify-hashes',
  '--no-installer-metadata',
  '--link-mode',
  'hardlink',
];

const PIP_RUN = [
  'install',
  '--disable-pip-version-check',
  '--no-input',
  '--no-compile',
  '--target',
  '{output}',
  '--python-version',
  '3.11',
  '--implementation',
  'cp',
  ...levelTags(runtime, 'x86_64').flatMap((tag) => ['--platform', tag]),
  '--only-binary',
  ':all:',
];

/** The same arguments for a newer C library. */
const NEWER_UV_RUN = UV_RUN.map((argument) => argument.replace('2_17', '2_28'));
const NEWER_PIP_RUN = [
  ...PIP_RUN.slice(0, PIP_RUN.indexOf('--platform')),
  ...platformTags(runtime, 'x86_64').flatMap((tag) => ['--platform', tag]),
  '--only-binary',
  ':all:',
];

test('both are asked for the lowest patch level that a runtime can have', () => {
  const { tools } = hostInstall({ name: 'python3.9', python: '3.9', glibcMinor: 26 }, 'x86_64', {
    localPackages: [],
    requirements: ['requirements.txt'],
    isLocked: false,
  });
  assert.equal(
    tools.flatMap(({ runs, newer = [] }) =>
      [...runs, ...newer].map((argv) => argv[argv.indexOf('--python-version') + 1]),
    ),
    ['3.9.2', '3.9.2', '3.9.2', '3.9.2'],
  );
});

test('uv, for the target, wheels only but for local packages', () => {
  assert.equal(install.tools[0], {
    tool: 'uv',
    programs: [['uv'], ['python3', '-m', 'uv'], ['python', '-m', 'uv']],
    minimumVersion: MINIMUM_UV,
    runs: [[...UV_RUN, '--requirement', 'requirements.txt']],
    newer: [[...NEWER_UV_RUN, '--requirement', 'requirements.txt']],
  });
});

test('else pip, with every platform tag spelled out', () => {
  assert.equal(install.tools[1], {
    tool: 'pip',
    programs: [
      ['python3', '-m', 'pip'],
      ['python', '-m', 'pip'],
    ],
    minimumVersion: MINIMUM_PIP,
    runs: [[...PIP_RUN, '--requirement', 'requirements.txt']],
    newer: [[...NEWER_PIP_RUN, '--requirement', 'requirements.txt']],
  });
});

test('with the markers of the target, and no compiler', () => {
  assert.is(install.tools.length, 2);
  assert.equal(
    { ...install, tools: [] },
    {
      localPackages: ['y', 'z.z'],
      tools: [],
      markers: markerEnvironment(runtime, 'x86_64'),
      environment: { CC: 'false', CXX: 'false', RUSTC: 'false' },
    },
  );
});

const runsOf = (changes: Partial<typeof what>): readonly (readonly (readonly string[])[])[] =>
  hostInstall(runtime, 'x86_64', { ...what, ...changes }).tools.map(({ runs }) => runs);

test('several requirements files: uv takes them in one run, pip in one after the other', () => {
  assert.equal(runsOf({ requirements: ['a.txt', 'b/c.txt'] }), [
    [[...UV_RUN, '--requirement', 'a.txt', '--requirement', 'b/c.txt']],
    [
      [...PIP_RUN, '--requirement', 'a.txt'],
      [...PIP_RUN, '--requirement', 'b/c.txt'],
    ],
  ]);
});

test('of a whole lock nothing is resolved', () => {
  assert.equal(runsOf({ requirements: ['a.txt', 'b.txt'], isLocked: true }), [
    [[...UV_RUN, '--no-deps', '--requirement', 'a.txt', '--requirement', 'b.txt']],
    [
      [...PIP_RUN, '--no-deps', '--requirement', 'a.txt'],
      [...PIP_RUN, '--no-deps', '--requirement', 'b.txt'],
    ],
  ]);
});

test('where every file has a hash, nothing without one is installed', () => {
  assert.equal(runsOf({ isHashed: true }), [
    [[...UV_RUN, '--require-hashes', '--requirement', 'requirements.txt']],
    [[...PIP_RUN, '--require-hashes', '--requirement', 'requirements.txt']],
  ]);
});

test('the arguments that name the requirements', () => {
  assert.equal(requirementArguments([], false), []);
  assert.equal(requirementArguments(['a b.txt'], false), ['--requirement', 'a b.txt']);
  assert.equal(requirementArguments(['a', '-b'], true), [
    '--no-deps',
    '--requirement',
    'a',
    '--requirement',
    '-b',
  ]);
});

test('the least versions', () => {
  assert.equal([MINIMUM_UV, MINIMUM_PIP], ['0.9.16', '23.0.0']);
});

test.run();
