import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { machine } from '../hostile/machines';
import { namesOf } from '../../src/plan/variables/installer-variables';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { corpVersions } from '../support/corp-versions';
import { temporaryFolder, writeTree } from '../support/temporary';
import { cli } from './support/command';
import { packages, project, read } from './support/lock-projects';

const test = suite('lock: variables of the machine that choose versions');

const FOLDERS = corpVersions();

const listed = (text: string): string => {
  const folder = temporaryFolder();
  writeTree(folder, { 'list.txt': text });
  return path.join(folder, 'list.txt');
};

interface Said {
  /** The packages of the lock; the message where there is none. */
  readonly locked: string;
  readonly notes: string;
}

const lockedWith = async (
  variables: Readonly<Record<string, string>>,
  index: Pick<OpenIndex, 'url'>,
  requirement = 'corp',
  ...args: readonly string[]
): Promise<Said> => {
  const folder = project({ 'requirements.txt': `${requirement}\n` });
  const environment = machine('uv', { UV_DEFAULT_INDEX: index.url, ...variables });
  const { code, stderr } = await cli(['lock', '.', '--runtime', '3.13', ...args], {
    cwd: folder,
    environment,
  });
  return code === 0
    ? { locked: packages(read(folder)).join(', '), notes: stderr }
    : { locked: stderr, notes: '' };
};

const below = listed('corp<2\n');

/** What uv locks with a variable. Each is named in a line. */
const USED: Readonly<Record<string, readonly [value: string, locked: string]>> = {
  UV_CONSTRAINT: [below, 'corp 1'],
  PIP_CONSTRAINT: [below, 'corp 1'],
  UV_OVERRIDE: [listed('corp==1\n'), 'corp 1'],
  UV_EXCLUDE: [listed('helper\n'), 'corp 2'],
  UV_RESOLUTION: ['lowest', 'corp 1'],
  UV_PRERELEASE: ['allow', 'corp 3rc1'],
  PIP_PRE: ['1', 'corp 3rc1'],
  PIP_ALL_RELEASES: [':all:', 'corp 3rc1'],
  PIP_ONLY_FINAL: [':all:', 'corp 2, helper 1'],
  PIP_NO_DEPS: ['1', 'corp 2'],
  PIP_NO_DEPENDENCIES: ['1', 'corp 2'],
  // These decide about other things than these packages.
  UV_FORK_STRATEGY: ['fewest', 'corp 2, helper 1'],
  UV_NO_SOURCES: ['1', 'corp 2, helper 1'],
  UV_NO_SOURCES_PACKAGE: ['corp', 'corp 2, helper 1'],
  UV_TORCH_BACKEND: ['cpu', 'corp 2, helper 1'],
  UV_AMD_GPU_ARCHITECTURE: ['gfx90a', 'corp 2, helper 1'],
  UV_CUDA_DRIVER_VERSION: ['12.0', 'corp 2, helper 1'],
  // Nothing is built.
  PIP_PREFER_BINARY: ['1', 'corp 2, helper 1'],
};

/** Dates need an index that knows them. */
const DATES: Readonly<Record<string, readonly [value: string, locked: string]>> = {
  UV_EXCLUDE_NEWER: ['2023-11-25', 'idna 3.6'],
  PIP_UPLOADED_PRIOR_TO: ['2023-11-25', 'idna 3.5'],
};

/** What pip alone can honour. */
const REFUSED: Readonly<Record<string, string>> = {
  PIP_IGNORE_REQUIRES_PYTHON: '1',
  PIP_USE_DEPRECATED: 'legacy-resolver',
};

test('every variable that chooses versions has a row here', () => {
  assert.equal(
    [...Object.keys(USED), ...Object.keys(DATES), ...Object.keys(REFUSED)].sort(),
    [...namesOf('resolution')].sort(),
  );
});

const withIndex = async (work: (index: OpenIndex) => Promise<void>): Promise<void> => {
  const index = await openIndex(...FOLDERS);
  try {
    await work(index);
  } finally {
    index.close();
  }
};

for (const [name, [value, expected]] of Object.entries(USED))
  test(`${name} is used, and a line names it`, () =>
    withIndex(async (index) => {
      const { locked, notes } = await lockedWith({ [name]: value }, index);
      assert.is(locked, expected);
      assert.match(notes, `note: uses ${name} (${value}) of this machine's environment`);
    }));

test('without them', () =>
  withIndex(async (index) => {
    assert.equal(await lockedWith({}, index), { locked: 'corp 2, helper 1', notes: '' });
  }));

for (const [name, [value, expected]] of Object.entries(DATES))
  test(`${name} is used, and a line names it`, async () => {
    const pypi = { url: 'https://pypi.org/simple' };
    const { locked, notes } = await lockedWith({ [name]: value }, pypi, 'idna');
    assert.is(locked, expected);
    assert.match(notes, `note: uses ${name} (${value}) of this machine's environment`);
  });

const TAKE_AWAY = 'A lock is made by uv (N was found). Unset the variable.\n';

for (const [name, value] of Object.entries({
  ...REFUSED,
  'PIP_ALL_RELEASES ': 'corp',
  'UV_PRERELEASE ': 'no',
}))
  test(`${name.trim()}=${value} is an error`, () =>
    withIndex(async (index) => {
      const { locked } = await lockedWith({ [name.trim()]: value }, index);
      if (name.startsWith('UV_'))
        assert.match(locked, /^error: uv cannot lock requirements\.txt\.[^]*UV_PRERELEASE|--prerelease/);
      else
        assert.is(
          locked.replace(/\d+\.\d+\.\d+/, 'N'),
          `error: ${name.trim()} (${value}) of this machine's environment decides which versions are locked, and only pip can honour it. ${TAKE_AWAY}`,
        );
    }));

test('a date that uv cannot read is an error', async () => {
  const { locked } = await lockedWith(
    { PIP_UPLOADED_PRIOR_TO: 'P1DT1H' },
    { url: 'https://pypi.org/simple' },
    'idna',
  );
  assert.is(
    locked.replace(/\d+\.\d+\.\d+/, 'N'),
    `error: PIP_UPLOADED_PRIOR_TO (P1DT1H) of this machine's environment decides which versions are locked, and uv cannot read its value. Write a time, such as 2026-01-31T00:00:00Z. ${TAKE_AWAY}`,
  );
});

test('with a date of the command, dates of variables decide nothing', async () => {
  const { locked } = await lockedWith(
    { PIP_UPLOADED_PRIOR_TO: 'P1DT1H' },
    { url: 'https://pypi.org/simple' },
    'idna',
    '--resolved-as-of',
    '2023-12-01',
  );
  assert.is(locked, 'idna 3.6');
});

test('where builds are allowed, files of variables are read, and PIP_PREFER_BINARY is an error', () =>
  withIndex(async (index) => {
    const { locked } = await lockedWith({ PIP_CONSTRAINT: below }, index, 'corp', '--allow-builds');
    assert.is(locked, 'corp 1');
    const refused = await lockedWith({ PIP_PREFER_BINARY: '1' }, index, 'corp', '--allow-builds');
    assert.is(
      refused.locked.replace(/\d+\.\d+\.\d+/, 'N'),
      `error: PIP_PREFER_BINARY (1) of this machine's environment decides which versions are locked where builds are allowed, and only pip can honour it. ${TAKE_AWAY}`,
    );
  }));

test('several variables that uv cannot honour are named at once', () =>
  withIndex(async (index) => {
    const { locked } = await lockedWith({ ...REFUSED }, index);
    for (const [name, value] of Object.entries(REFUSED))
      assert.match(locked, `${name} (${value}) of this machine`);
    assert.match(locked, 'Unset the variables.');
  }));

test('what forces builds is not used, and a line names it', () =>
  withIndex(async (index) => {
    for (const name of ['UV_NO_BINARY', 'UV_NO_BINARY_PACKAGE', 'PIP_NO_BINARY']) {
      const value = name === 'UV_NO_BINARY' ? '1' : 'corp';
      const { locked, notes } = await lockedWith({ [name]: value }, index);
      assert.is(locked, 'corp 2, helper 1');
      assert.match(notes, `note: does not use ${name} (${value}) of this machine's environment`);
    }
  }));

test.run();
