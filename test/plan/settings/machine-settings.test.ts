import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { machineSettings } from '../../../src/plan/settings/machine-settings';
import { showTold } from '../../../src/plan/install/variables-note';
import { requirementsFileSet } from '../../../src/plan/declarations/sets/requirement-set';
import { planInstall } from '../../../src/plan/plan-install';
import { runtimeOf } from '../../../src/plan/runtime/target-runtime';
import { request, requirements } from '../support/world';

const test = suite('what of a machine decides what is installed');

const runtime = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
const set = requirementsFileSet(requirements({ '/app/requirements.txt': 'six\n' }));

const installOf = (changes: Partial<InstallPlan> = {}): InstallPlan => {
  if (set === null) throw new Error('nothing to install');
  const target = runtimeOf(runtime, 'x86_64', 'prop');
  const install = planInstall(request({ executor: 'host' }), set, runtime, target, 'image', null);
  return { ...install, ...changes };
};

const names = (
  own: Readonly<Record<string, string>>,
  changes: Partial<InstallPlan> = {},
): readonly string[] => machineSettings(own, installOf(changes)).map(([name]) => name);

const ALL = {
  PATH: '/bin',
  HOME: '/me',
  STAGE: 'dev',
  UV_HTTP_TIMEOUT: '9',
  UV_INDEX_CORP_PASSWORD: 'p',
  UV_DEFAULT_INDEX: 'https://h/simple',
  UV_OVERRIDE: '/o.txt',
  UV_NO_VERIFY_HASHES: '1',
  UV_UNKNOWN: '1',
  PIP_CONFIG_SETTINGS: 'a=b',
  SETUPTOOLS_SCM_PRETEND_VERSION: '1',
  SETUPTOOLS_TOKEN: 't',
  CC: 'gcc',
};

test('indexes, versions and builds, in one order', () => {
  assert.equal(names(ALL), [
    'PIP_CONFIG_SETTINGS',
    'SETUPTOOLS_SCM_PRETEND_VERSION',
    'UV_DEFAULT_INDEX',
    'UV_OVERRIDE',
  ]);
});

test('with a lock no version; with hashes for all no index; where nothing may be built, no build', () => {
  assert.equal(names(ALL, { isLocked: true }), [
    'PIP_CONFIG_SETTINGS',
    'SETUPTOOLS_SCM_PRETEND_VERSION',
    'UV_DEFAULT_INDEX',
  ]);
  assert.equal(names(ALL, { isLocked: true, isHashed: true }), [
    'PIP_CONFIG_SETTINGS',
    'SETUPTOOLS_SCM_PRETEND_VERSION',
  ]);
  assert.equal(names(ALL, { isHashed: true, sdist: 'forbid' }), []);
});

test('a container has what is handed to it, and none of this machine’s build backends', () => {
  assert.equal(names({ ...ALL, UV_RESOLUTION: 'lowest' }, { executor: 'docker', sdist: 'docker' }), [
    'UV_DEFAULT_INDEX',
    'UV_OVERRIDE',
    'UV_RESOLUTION',
  ]);
});

test('commands: what they mention, but not where things are, and no secret', () => {
  const hooks = (...before: readonly string[]) => ({
    hooks: { before, after: [] },
    isWhole: true,
    isHashed: true,
    sdist: 'forbid' as const,
  });
  const own = { STAGE: 'dev', STAGES: 'x', HOME: '/me', API_TOKEN: 't', A: '', B: 'b' };
  for (const command of [
    'echo $STAGE',
    'echo "${STAGE}"',
    'echo %STAGE%',
    'python -c "os.environ[\'STAGE\']"',
  ])
    assert.equal(names(own, hooks(command)), ['STAGE'], command);
  assert.equal(names(own, hooks('cp $HOME/a . && curl -H $API_TOKEN && echo $A $STAGE_2')), []);
  assert.equal(names({ ...own, SETUPTOOLS_X: '1', UV_INDEX: 'https://i' }, hooks('make')), [
    'SETUPTOOLS_X',
    'UV_INDEX',
  ]);
});

test('values are without user names and passwords', () => {
  assert.equal(machineSettings({ UV_INDEX: 'corp=https://u:p@h/simple' }, installOf()), [
    ['UV_INDEX', 'corp=https://h/simple'],
  ]);
});

test('what is told of variables that choose versions, and of those that switch checks off', () => {
  const own = { UV_OVERRIDE: '/o.txt', UV_NO_VERIFY_HASHES: '1', PIP_PRE: '1', UV_HTTP_TIMEOUT: '1' };
  const of = { own, given: { UV_RESOLUTION: 'lowest' } };
  assert.equal(showTold(of, { isLocked: false, isHashed: false }), [
    "uses PIP_PRE (1), UV_OVERRIDE (/o.txt) of this machine's environment",
    "does not use UV_NO_VERIFY_HASHES (1) of this machine's environment: the declaration decides what is installed",
    'uses UV_RESOLUTION (lowest) of `bundling.environment`',
  ]);
  assert.equal(showTold(of, { isLocked: true, isHashed: false }), [
    "does not use PIP_PRE (1), UV_NO_VERIFY_HASHES (1), UV_OVERRIDE (/o.txt) of this machine's environment: the declaration decides what is installed",
    'does not use UV_RESOLUTION (lowest) of `bundling.environment`: the declaration decides what is installed',
  ]);
  assert.equal(showTold({ own: {}, given: {} }, { isLocked: true, isHashed: true }), []);
});

test('a variable that names what to install is named as not used', () => {
  const own = { PIP_EDITABLE: '/e', PIP_GROUP: 'dev', PIP_REQUIREMENT: '/r.txt' };
  for (const isLocked of [true, false])
    assert.equal(showTold({ own, given: {} }, { isLocked, isHashed: false }), [
      "does not use PIP_EDITABLE (/e), PIP_GROUP (dev), PIP_REQUIREMENT (/r.txt) of this machine's environment: the declaration decides what is installed",
    ]);
});

test('a variable that forces builds is named as not used, unless it forces none', () => {
  const forcing = { PIP_NO_BINARY: 'a', UV_NO_BINARY: '1', UV_NO_BINARY_PACKAGE: 'b' };
  for (const isLocked of [true, false])
    assert.equal(showTold({ own: forcing, given: {} }, { isLocked, isHashed: false }), [
      "does not use PIP_NO_BINARY (a), UV_NO_BINARY (1), UV_NO_BINARY_PACKAGE (b) of this machine's environment: the declaration decides what is installed",
    ]);
  const off = { PIP_NO_BINARY: ':none:', UV_NO_BINARY: 'false' };
  assert.equal(showTold({ own: off, given: {} }, { isLocked: false, isHashed: false }), []);
});

test.run();
