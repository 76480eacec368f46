import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { folderOf } from '../exec/support/requests';
import { environmentWith } from '../support/python-tools';
import { installs } from '../support/planned-tree';
import { cli } from './support/command';

const test = suite('cli: declarations of a project further up');

const HANDLER = 'def lambda_handler(event, context): ...\n';

const FILES = {
  'pyproject.toml':
    '[project]\nname = "mono"\nversion = "0"\nrequires-python = ">=3.13"\ndependencies = ["idna==3.10"]\n',
  'app/needing/h.py': `import idna\n${HANDLER}`,
  'app/plain/h.py': `import json\n${HANDLER}`,
};

/** What is installed, the hash, and what is said on standard error, of an entry as it is named in a folder. */
const planned = async (folder: string, current: string, entry: string): Promise<readonly unknown[]> => {
  const cwd = path.join(folder, current);
  const file = path.relative(cwd, path.join(folder, entry));
  const { code, stdout, stderr } = await cli(['plan', '--json', file], {
    cwd,
    environment: environmentWith({}),
  });
  assert.is(code, 0, stderr);
  const plan = JSON.parse(stdout) as BundlePlan;
  return [installs(plan), plan.hash.asset, stderr.split('\n').filter((line) => line.startsWith('note: '))];
};

test('the same is installed with `.git` and without it, from two working folders; one line says from where', async () => {
  const hashes = new Set<unknown>();
  const gits: readonly Readonly<Record<string, string>>[] = [
    {},
    { '.git/HEAD': '' },
    { 'app/.git/HEAD': '' },
  ];
  for (const git of gits) {
    const folder = folderOf({ ...FILES, ...git });
    for (const [current, file] of [
      ['.', 'app/needing/h.py'],
      ['app/needing', 'h.py'],
    ] as const) {
      const [installed, hash, notes] = await planned(folder, current, 'app/needing/h.py');
      assert.is(installed, 'idna ==3.10');
      assert.equal(notes, [
        `note: ${file}: dependencies from ../../pyproject.toml, because h.py imports idna`,
      ]);
      hashes.add(hash);
    }
  }
  assert.is(hashes.size, 1);
});

test('a function that imports nothing of the project installs nothing, and nothing is said', async () => {
  const folder = folderOf(FILES);
  const [installed, , notes] = await planned(folder, '.', 'app/plain/h.py');
  assert.equal([installed, notes], [null, []]);
});

test.run();
