import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MarkerTarget } from '../../../../src/plan/packaging/requirement/evaluate-marker';
import { evaluateMarker } from '../../../../src/plan/packaging/requirement/evaluate-marker';
import { parseMarker } from '../../../../src/plan/packaging/requirement/marker';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';

const test = suite('evaluate marker');

const environment = markerEnvironment({ name: 'python3.11', python: '3.11', glibcMinor: 26 }, 'arm64');

const holds = (text: string, target: Partial<MarkerTarget> = {}): boolean => {
  const marker = parseMarker(text);
  if (marker._tag === 'Left') throw new Error(marker.left);
  return evaluateMarker(marker.right, { environment, ...target });
};

/** The markers that do not hold. */
const failing = (texts: readonly string[], target: Partial<MarkerTarget> = {}): readonly string[] =>
  texts.filter((text) => !holds(text, target));

const refused = (texts: readonly string[], target: Partial<MarkerTarget> = {}): readonly string[] =>
  texts.filter((text) => holds(text, target));

test('versions are compared as versions, not as texts', () => {
  const yes = [
    `python_version > '3.9'`,
    `'3.9' < python_version`,
    `python_version == '3.11.*'`,
    `python_version == '3.11.0'`,
    `python_version ~= '3.9'`,
    `python_version != '3.1'`,
    `python_full_version >= '3.11'`,
    `python_full_version < '3.11.4'`,
    `python_full_version > '3.11a1'`,
    `implementation_version >= '3.9'`,
    `python_version === '3.11'`,
  ];
  const no = [
    `python_version < '3.9'`,
    `'3.9' >= python_version`,
    `python_version ~= '3.9.0'`,
    `python_full_version === '3.11'`,
    `python_version == '3.1'`,
    `python_version > '3.11'`,
    `python_full_version < '3.11'`,
  ];
  assert.equal(failing(yes), []);
  assert.equal(refused(no), []);
});

test('in is about the text, also of versions', () => {
  assert.ok(holds(`python_version in '3.10 3.11'`));
  assert.not.ok(holds(`python_version not in '3.10 3.11'`));
  assert.ok(holds(`'linu' in sys_platform`));
  assert.not.ok(holds(`'linu' not in sys_platform`));
});

test('all else is compared as texts', () => {
  const yes = [
    `sys_platform == 'linux'`,
    `sys_platform === 'linux'`,
    `sys_platform != 'win32'`,
    `platform_release < '3'`,
    `platform_release <= ''`,
    `os_name >= 'posix'`,
    `os_name > 'nt'`,
    `'a' == 'a'`,
  ];
  const no = [
    `sys_platform === 'Linux'`,
    `sys_platform ~= 'linux'`,
    `platform_release >= '3'`,
    `platform_release > '3'`,
    `os_name < 'nt'`,
    `os_name <= 'nt'`,
    // A text, though it looks like a version.
    `platform_version == '0'`,
  ];
  assert.equal(failing(yes), []);
  assert.equal(refused(no), []);
});

test('a version that is none is compared as a text, and never throws', () => {
  assert.not.ok(holds(`python_version == 'three'`));
  assert.ok(holds(`python_version != 'three'`));
  assert.not.ok(holds(`'3.11.*' == python_version`));
  assert.ok(holds(`python_version < 'three'`));
  assert.not.ok(holds(`python_version ~= '3'`));
  assert.not.ok(holds(`python_version == '3.11.*'`, { environment: { python_version: 'odd' } }));
  assert.not.ok(holds(`python_version == '3.11'`, { environment: {} }));
});

test('and, or and parentheses', () => {
  assert.ok(holds(`os_name == 'nt' and os_name == 'x' or os_name == 'posix'`));
  assert.not.ok(holds(`os_name == 'nt' and (os_name == 'x' or os_name == 'posix')`));
});

test('an extra is one of those that are asked for, whatever the way of writing it', () => {
  const target = { extras: ['My_Extra', 'extra-7-project-fast', 'group-7-project-dev'] };
  assert.ok(holds(`extra == 'my-extra'`, target));
  assert.ok(holds(`'my.extra' == extra`, target));
  assert.ok(holds(`extra == 'extra-7-project-fast' and extra == 'group-7-project-dev'`, target));
  assert.not.ok(holds(`extra == 'other'`, target));
  assert.not.ok(holds(`extra != 'MY.extra'`, target));
  assert.ok(holds(`extra != 'other'`, target));
  assert.ok(holds(`extra in 'one my-extra'`, target));
  assert.not.ok(holds(`extra == 'my-extra'`));
  assert.ok(holds(`extra == ''`));
  assert.not.ok(holds(`extra == ''`, target));
});

test('extras and dependency_groups are sets', () => {
  const target = { extras: ['Fast'], groups: ['Dev_Tools'] };
  assert.ok(holds(`'fast' in extras and 'dev-tools' in dependency_groups`, target));
  assert.not.ok(holds(`'dev-tools' in extras`, target));
  assert.not.ok(holds(`'fast' in dependency_groups`, target));
  assert.not.ok(holds(`'fast' not in extras`, target));
  assert.ok(holds(`'fast' not in extras`));
  assert.not.ok(holds(`'fast' in extras`));
});

test('without an environment all may hold, but not the extras and groups that nobody asks for', () => {
  const nowhere = { environment: null };
  assert.ok(holds(`python_version < '3' and sys_platform == 'win32'`, nowhere));
  assert.not.ok(holds(`sys_platform == 'win32' and extra == 'x'`, nowhere));
  assert.not.ok(holds(`'x' in dependency_groups`, nowhere));
  assert.ok(holds(`'x' in dependency_groups`, { ...nowhere, groups: ['x'] }));
  assert.ok(evaluateMarker(null, { environment }));
});

test('a name that every object has is no variable of an environment', () => {
  const marker = {
    _tag: 'Comparison' as const,
    left: { _tag: 'Variable' as const, name: 'constructor' },
    operator: '==',
    right: { _tag: 'Text' as const, text: '' },
  };
  assert.ok(evaluateMarker(marker, { environment }));
});

test.run();
