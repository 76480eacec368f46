import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MACHINE_VARIABLES_NAME, putVariables } from '../../../src/exec/container/container-variables';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('variables of this machine that a container does not get by name');

const planned = (requirements = 'six\n'): InstallPlan => {
  const { install } = planWith(requirements, { executor: 'docker' });
  if (install === null) throw new Error('nothing is installed');
  return install;
};

const PINNED = planned(`six==1.17.0 --hash=sha256:${'a'.repeat(64)}\n`);
const OPEN = planned();

/** What lies in the folder of tools, and the values that a container gets. */
const put = (
  own: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
  install = OPEN,
) => {
  const folder = temporaryFolder();
  const lines = putVariables(folder, { install, environment }, own);
  const file = path.join(folder, MACHINE_VARIABLES_NAME);
  const values = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as unknown) : undefined;
  const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
  return { lines, values, read, names: fs.readdirSync(folder).sort() };
};

const FILES = temporaryFolder();
writeTree(FILES, {
  'c.txt': '-c more/d.txt\nsix<2\n--constraint \\\n  https://h/e.txt\n',
  'more/d.txt': 'idna<3\n-r ../c.txt\n',
  'o.txt': 'six==1\n',
});
const at = (name: string): string => path.join(FILES, name);

test('files are copied with what they include, and the values lead to the copies', () => {
  const { values, read, lines } = put({
    PIP_CONSTRAINT: `${at('c.txt')} ${at('o.txt')}`,
    UV_OVERRIDE: at('o.txt'),
    PIP_USE_DEPRECATED: 'legacy-resolver',
    PIP_PRE: '1',
    HOME: '/me',
  });
  assert.equal(values, {
    PIP_CONSTRAINT: '{tools}/machine-PIP_CONSTRAINT-0.txt {tools}/machine-PIP_CONSTRAINT-2.txt',
    UV_OVERRIDE: '{tools}/machine-UV_OVERRIDE-0.txt',
    PIP_USE_DEPRECATED: 'legacy-resolver',
  });
  assert.is(
    read('machine-PIP_CONSTRAINT-0.txt'),
    '-c machine-PIP_CONSTRAINT-1.txt\nsix<2\n--constraint \\\n  https://h/e.txt\n',
  );
  assert.is(read('machine-PIP_CONSTRAINT-1.txt'), 'idna<3\n-r machine-PIP_CONSTRAINT-0.txt\n');
  assert.equal(lines, [
    `uses PIP_CONSTRAINT (${at('c.txt')} ${at('o.txt')}), PIP_PRE (1), PIP_USE_DEPRECATED (legacy-resolver), UV_OVERRIDE (${at('o.txt')}) of this machine's environment`,
  ]);
});

test('a file that cannot be read, a relative path and a URL stay as they are', () => {
  const value = '/none/c.txt c.txt https://h/c.txt';
  assert.equal(put({ UV_CONSTRAINT: value }).values, { UV_CONSTRAINT: value });
});

test('what the bundle says counts before, of constraints under either name', () => {
  const own = { PIP_CONSTRAINT: at('o.txt'), UV_EXCLUDE: at('o.txt') };
  assert.equal(put(own, { UV_CONSTRAINT: '/in/container.txt', UV_EXCLUDE: '/x' }).values, undefined);
});

test('constraints of builds count where versions are pinned as well', () => {
  for (const install of [OPEN, PINNED])
    assert.equal(put({ PIP_BUILD_CONSTRAINT: at('o.txt') }, {}, install).values, {
      PIP_BUILD_CONSTRAINT: '{tools}/machine-PIP_BUILD_CONSTRAINT-0.txt',
    });
  assert.is(put({ UV_BUILD_CONSTRAINT: at('o.txt') }, { PIP_BUILD_CONSTRAINT: '/in' }).values, undefined);
});

test('nothing where versions are pinned, and nothing for a machine that says nothing', () => {
  const pinned = put({ PIP_CONSTRAINT: at('o.txt') }, {}, PINNED);
  assert.equal(pinned.names, []);
  assert.match(pinned.lines.join(), 'does not use PIP_CONSTRAINT');
  const { names, lines } = put({ HOME: '/me', PIP_CONSTRAINT: '' });
  assert.equal([names, lines], [[], []]);
});

test.run();
