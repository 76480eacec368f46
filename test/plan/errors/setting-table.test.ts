import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fateOfSetting, knownSettings, refusedSettings } from '../../../src/plan/errors/setting-table';
import { SETTING_SHAPES } from '../../../src/plan/model/setting-shapes';
import { uv } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';

const test = suite('the settings of [tool.uv]');

/** uv lists the settings that it knows where it is given one that it does not. */
const listedByUv = (): readonly string[] => {
  const file = path.join(temporaryFolder(), 'uv.toml');
  writeFileSync(file, 'no-such-setting = 1\n');
  const { stderr } = spawnSync(uv(), ['pip', 'list', '--config-file', file], { encoding: 'utf8' });
  const [, list = ''] = /expected one of ([^\n]*)/.exec(stderr) ?? [];
  return [...list.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
};

test('the table has each setting that uv has, so that a new one is noticed', () => {
  const listed = listedByUv();
  assert.ok(listed.length > 70, `uv lists ${listed.length} settings`);
  assert.equal(
    listed.filter((name) => fateOfSetting(name) === undefined),
    [],
  );
  assert.equal(
    knownSettings().filter((name) => !listed.includes(name)),
    ['preview-features', 'native-tls', 'no-cache'].filter((name) => !listed.includes(name)),
  );
});

test('each setting that uv is given has a shape, and each that is refused a reason', () => {
  const given = knownSettings().filter((name) => ['resolution', 'build'].includes(fateOfSetting(name) ?? ''));
  assert.equal([...SETTING_SHAPES.keys()].sort(), [...given].sort());
  const refused = knownSettings().filter((name) => fateOfSetting(name) === 'refused');
  assert.equal([...refusedSettings()].sort(), [...refused].sort());
});

test.run();
