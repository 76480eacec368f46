import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { needsUv } from '../../../src/exec/install/needs-uv';
import { showNeedsUv } from '../../../src/exec/errors/install-error';

const test = suite('that only uv will do');

const said = (isLocked: boolean, setting: string, file: string): string => {
  const uv = { settings: {}, indexed: [], from: [{ setting, file, line: 5 }] };
  const error = needsUv({ isLocked, uv }, { _tag: 'NoInstaller', tried: ['uv (not found)'], pip: '23.0.0' });
  return error._tag === 'NeedsUv' ? showNeedsUv(error) : '';
};

const start = (setting: string): string =>
  `uv was not found, and only uv can honour these settings: ${setting}. Looked for: uv (not found). Install uv (https://docs.astral.sh/uv/) 0.9.16 or newer, or `;

test('a project or a script without a lock can be locked', () => {
  assert.is(
    said(false, 'exclude-newer', '/a/pyproject.toml'),
    `${start('exclude-newer (/a/pyproject.toml:5)')}lock the dependencies with it (\`uv lock\`): pip installs what a lock says.`,
  );
  assert.is(
    said(false, 'exclude-newer', '/a/fn.py'),
    `${start('exclude-newer (/a/fn.py:5)')}lock the dependencies with it (\`uv lock --script /a/fn.py\`): pip installs what a lock says.`,
  );
});

test('what is locked, by Poetry as by uv, needs wheels', () => {
  assert.is(
    said(true, 'tool.poetry.build-constraints.a', '/a/pyproject.toml'),
    `${start('tool.poetry.build-constraints.a (/a/pyproject.toml:5)')}lock versions that have a wheel for the target: these settings say how something is built.`,
  );
});

test.run();
