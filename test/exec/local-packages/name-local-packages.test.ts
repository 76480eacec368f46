import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nameLocalPackages } from '../../../src/exec/local-packages/name-local-packages';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { folderOf } from '../support/requests';

const test = suite('names of local packages, for uv');

const SETUP = "from setuptools import setup\nsetup(name='x-lib', version='1')\n";

/** The setup.cfg of a package folder after the name was seen to; undefined where there is none. */
const configuration = async (
  tree: Readonly<Record<string, string>>,
  localPackages: readonly string[] = ['x-lib'],
): Promise<string | undefined> => {
  const folder = folderOf(
    Object.fromEntries(Object.entries(tree).map(([name, text]) => [`libs/x/${name}`, text])),
  );
  const inputs = Object.keys(tree).map((name) => ({ path: `libs/x/${name}` }));
  await nameLocalPackages({ inputs, host: { localPackages } } as unknown as InstallPlan, folder);
  const file = path.join(folder, 'libs/x/setup.cfg');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
};

test('a name that only setup.py has is written into setup.cfg', async () => {
  assert.is(await configuration({ 'setup.py': SETUP }), '\n[metadata]\nname = x-lib\n');
  assert.is(
    await configuration({ 'setup.py': SETUP, 'setup.cfg': '[options]\nzip_safe = no\n' }),
    '[options]\nzip_safe = no\n\n[metadata]\nname = x-lib\n',
  );
  assert.is(
    await configuration({ 'setup.py': SETUP, 'setup.cfg': '[metadata]\nversion = 1\n' }),
    '[metadata]\nname = x-lib\nversion = 1\n',
  );
});

test('a name that is written down stays as it is', async () => {
  const project = '[project]\nname = "x-lib"\n';
  assert.is(await configuration({ 'setup.py': SETUP, 'pyproject.toml': project }), undefined);
  const own = '[metadata]\nname = x-lib\n';
  assert.is(await configuration({ 'setup.py': SETUP, 'setup.cfg': own }), own);
});

test('only a package that the plan names is touched', async () => {
  assert.is(await configuration({ 'setup.py': SETUP }, ['other']), undefined);
  assert.is(await configuration({ 'setup.py': 'setup(name=compute())\n' }), undefined);
});

test.run();
