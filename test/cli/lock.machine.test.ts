import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { privateIndex } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import type { Ended } from './support/command';
import { cli } from './support/command';
import { packages, project, read } from './support/lock-projects';

const test = suite('lock: what this machine says');

/** A machine whose user has files in the home folder. */
const lockOn = (
  folder: string,
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
  ...args: readonly string[]
): Promise<Ended> => {
  const home = temporaryFolder();
  writeTree(home, files);
  const environment = { ...environmentWith({ uv: true }), HOME: home, XDG_CONFIG_HOME: '', ...variables };
  return cli(['lock', '.', '--runtime', '3.13', ...args], { cwd: folder, environment });
};

test('a company index in pip.conf or uv.toml is asked', async () => {
  const index = await privateIndex();
  index.setPassword('pw');
  const url = index.urlWith('pw');
  try {
    const machines: readonly Readonly<Record<string, string>>[] = [
      { '.config/pip/pip.conf': `[global]\nindex-url = ${url}\n` },
      { '.config/uv/uv.toml': `[[index]]\nname = "company"\nurl = "${url}"\ndefault = true\n` },
    ];
    for (const files of machines) {
      const folder = project({ 'requirements.txt': 'private-lib\n' });
      const ended = await lockOn(folder, files);
      assert.is(ended.code, 0, ended.stderr);
      assert.equal(packages(read(folder)), ['private-lib 1']);
      assert.not.match(read(folder), 'pw@');
    }
  } finally {
    index.close();
  }
});

test('uv.toml sets no date, and a line says so; a variable that chooses versions is used and named', async () => {
  const settings = { '.config/uv/uv.toml': 'exclude-newer = "2022-01-01T00:00:00Z"\n' };
  const folder = project({ 'requirements.txt': 'idna<3.5\n', 'c.txt': 'idna<3.4\n' });
  const first = await lockOn(folder, settings);
  assert.is(first.code, 0, first.stderr);
  assert.equal(packages(read(folder)), ['idna 3.4']);
  assert.match(first.stderr, 'uv.toml:1: "exclude-newer" is not honoured');

  const constraint = path.join(folder, 'c.txt');
  const second = await lockOn(folder, {}, { UV_CONSTRAINT: constraint }, '--upgrade');
  assert.is(second.code, 0, second.stderr);
  assert.equal(packages(read(folder)), ['idna 3.3']);
  assert.match(second.stderr, `note: uses UV_CONSTRAINT (${constraint}) of this machine's environment`);

  const third = await lockOn(folder, {}, { UV_NO_BINARY: ':all:' }, '--upgrade');
  assert.is(third.code, 0, third.stderr);
});

test('without an index, none is asked', async () => {
  const folder = project({ 'requirements.txt': 'idna\n' });
  for (const [files, variables] of [
    [{ '.config/pip/pip.conf': '[global]\nno-index = true\n' }, {}],
    [{}, { UV_NO_INDEX: '1' }],
  ] as const) {
    const ended = await lockOn(folder, files, variables);
    assert.is(ended.code, 1, ended.stderr);
    assert.match(ended.stderr, 'idna');
    assert.not.ok(fs.existsSync(path.join(folder, 'pylock.toml')));
  }
});

test.run();
