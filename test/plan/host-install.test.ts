import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hostInstall, MINIMUM_PIP, MINIMUM_UV, REQUIREMENTS } from '../../src/plan/host-install';
import { markerEnvironment } from '../../src/plan/marker-environment';
import { platformTags } from '../../src/plan/platform-tags';

const test = suite('host install');

const runtime = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
const install = hostInstall(runtime, 'x86_64', ['y', 'z.z']);

test('uv, for the target, wheels only but for local packages', () => {
  assert.equal(install.tools[0], {
    tool: 'uv',
    programs: [['uv'], ['python3', '-m', 'uv'], ['python', '-m', 'uv']],
    minimumVersion: MINIMUM_UV,
    argv: [
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
      '--no-installer-metadata',
      '--link-mode',
      'hardlink',
      '--requirement',
      'requirements.txt',
    ],
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
    argv: [
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
      ...platformTags(runtime, 'x86_64').flatMap((tag) => ['--platform', tag]),
      '--only-binary',
      ':all:',
      '--requirement',
      'requirements.txt',
    ],
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

test('the least versions, and the name of the file', () => {
  assert.equal([MINIMUM_UV, MINIMUM_PIP, REQUIREMENTS], ['0.9.16', '23.0.0', 'requirements.txt']);
});

test.run();
