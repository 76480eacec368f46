import { isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  isLockOf,
  lockNameOf,
  lockText,
  ownLockOf,
  packagesIn,
} from '../../../../src/plan/locks/locked/own-lock';
import { parseToml } from '../../../../src/plan/packaging/project/toml-file';

const test = suite('a lock of this library');

const PACKAGES = 'lock-version = "1.0"\n\n[[packages]]\nname = "six"\nversion = "1"\n';
const OWN = {
  declaration: 'requirements.txt',
  requirements: ['a ; os_name == "x"', 'b\\c', 'größe'],
  settings: ['tool.uv.prerelease = "allow"'],
  groups: ['web'],
  extras: [],
  resolvedAsOf: '2026-01-01T00:00:00Z',
  runtimes: ['3.13'],
  architectures: ['arm64'],
} as const;

const tableOf = (text: string) => {
  const parsed = parseToml({ file: '/app/pylock.toml', text });
  if (!isRight(parsed)) throw new Error(JSON.stringify(parsed.left));
  return parsed.right;
};

test('lies beside its declaration, under a name of PEP 751', () => {
  assert.equal(
    ['requirements.txt', 'pyproject.toml', 'prod.txt', 'requirements.dev.txt', 'stack.fn.py'].map(lockNameOf),
    [
      'pylock.toml',
      'pylock.toml',
      'pylock.prod.toml',
      'pylock.requirements-dev.toml',
      'pylock.stack-fn.toml',
    ],
  );
});

test('says what it was made from', () => {
  const text = lockText(PACKAGES, OWN);
  assert.equal(ownLockOf(tableOf(text)), { ...OWN, oldestPython: null });
  const newer = `requires-python = ">=3.12"\n${PACKAGES}`;
  assert.is(ownLockOf(tableOf(lockText(newer, OWN)))?.oldestPython, '3.12');
  assert.is(ownLockOf(tableOf(PACKAGES)), undefined);
  assert.ok(text.startsWith(PACKAGES));
});

test('belongs to that declaration alone', () => {
  const text = lockText(PACKAGES, OWN);
  assert.ok(isLockOf(text, 'requirements.txt'));
  assert.ok(isLockOf(text.replaceAll('\n', '\r\n'), 'requirements.txt'));
  for (const other of ['requirements', 'pyproject.toml', '']) assert.not.ok(isLockOf(text, other), other);
  assert.not.ok(isLockOf(PACKAGES, 'requirements.txt'));
});

test('tells whether its packages are as written, whatever the line ends', () => {
  const text = lockText(PACKAGES, OWN);
  assert.ok(packagesIn(text).isAsWritten);
  assert.ok(packagesIn(text.replaceAll('\n', '\r\n')).isAsWritten);
  assert.not.ok(packagesIn(text.replace('"1"', '"2"')).isAsWritten);
  assert.not.ok(packagesIn(PACKAGES).isAsWritten);
});

test.run();
