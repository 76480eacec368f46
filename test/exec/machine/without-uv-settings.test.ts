import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withoutUvSettings } from '../../../src/exec/machine/without-uv-settings';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('uv finds no settings of the user, and other programs find theirs');

/** A folder of settings, as a user has it. */
const settings = (): string => {
  const folder = temporaryFolder();
  writeTree(folder, { 'uv/uv.toml': 'offline = true\n', 'git/config': '[user]\n', plain: 'x' });
  return folder;
};

const read = (...parts: readonly string[]): string => fs.readFileSync(path.join(...parts), 'utf8');

test('on Linux and macOS', () => {
  for (const platform of ['linux', 'darwin'] as const) {
    const work = temporaryFolder();
    const home = temporaryFolder();
    fs.renameSync(settings(), path.join(home, '.config'));
    const all = withoutUvSettings(work, { HOME: home }, platform);
    assert.equal(all, {
      XDG_CONFIG_HOME: `${work}/settings`,
      XDG_CONFIG_DIRS: `${work}/settings:/etc/xdg`,
    });
    assert.is(read(work, 'settings/uv/uv.toml'), '');
    assert.is(read(work, 'settings/git/config'), '[user]\n');
    assert.is(read(work, 'settings/plain'), 'x');
    const named = { XDG_CONFIG_HOME: path.join(home, '.config'), XDG_CONFIG_DIRS: '/a:/b', HOME: '/none' };
    assert.is(
      withoutUvSettings(temporaryFolder(), named, platform)['XDG_CONFIG_DIRS']?.endsWith('/settings:/a:/b'),
      true,
    );
  }
});

test('on Windows, where uv reads %APPDATA% and ProgramData of %SYSTEMDRIVE%', () => {
  const work = temporaryFolder();
  const all = withoutUvSettings(work, { APPDATA: settings(), HOME: '/none' }, 'win32');
  assert.equal(all, { APPDATA: path.join(work, 'settings'), SYSTEMDRIVE: work });
  assert.is(read(work, 'settings/uv/uv.toml'), '');
  assert.is(read(work, 'settings/git/config'), '[user]\n');
  assert.not.ok(fs.existsSync(path.join(work, 'ProgramData/uv/uv.toml')));

  const home = temporaryFolder();
  writeTree(home, { 'AppData/Roaming/git/config': '[core]\n' });
  const other = temporaryFolder();
  withoutUvSettings(other, { USERPROFILE: home }, 'win32');
  assert.is(read(other, 'settings/git/config'), '[core]\n');
});

test.run();
