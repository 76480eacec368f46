import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InstallWorld, ModulesWanted } from '../../src/exec/parts/install-modules';
import { installModules } from '../../src/exec/parts/install-modules';
import type { Install } from '../../src/exec/install/install';
import type { Store } from '../../src/exec/store/store';
import { sha256 } from '../../src/plan/values/hash';
import { writeTree } from '../support/temporary';
import { newStore, NOW, putFile, usedBefore } from './support/stores';

const test = suite('downloads');

/** The days since 1970 on which downloads of build containers count as used after an install of six. */
const dayAfterInstallBy = async (by: 'host' | 'docker'): Promise<number> => {
  const store: Store = newStore();
  const pip = path.dirname(putFile(store, 'downloads/pip/file', ''));
  usedBefore(pip, 0, NOW);
  const install: Install = async ({ folders }) => {
    writeTree(folders.output, { 'six.py': '' });
    return Promise.resolve(E.right({ by, tool: by, output: '' }));
  };
  const world: InstallWorld = {
    store,
    installers: { host: install, docker: install, buildkit: install, auto: install },
    compile: () => Promise.resolve(undefined),
  };
  const wanted = {
    plan: {
      output: { maximumSize: 1000 },
      hash: { bytecode: null },
      runtime: { architecture: 'x86_64', python: '3.13', platformTags: [] },
    },
    install: {
      executor: 'auto',
      host: { localPackages: [] },
      docker: { command: [] },
      workingDirectory: '.',
      inputs: [],
      generated: [],
      requirements: [],
      declared: { indexes: [] },
      leftOut: { omit: [], requested: [], exclude: [] },
      mayBeEmpty: false,
    },
    key: sha256('six'),
    forms: { zip: false, tree: true },
    environment: {},
  };
  assert.ok(E.isRight(await installModules(world, wanted as unknown as ModulesWanted)));
  return Math.floor(fs.statSync(pip).mtimeMs / 86_400_000);
};

test('a build container uses them, which it does not show by the time of the folder', async () => {
  assert.is(await dayAfterInstallBy('docker'), Math.floor(Date.now() / 86_400_000));
  assert.is(await dayAfterInstallBy('host'), Math.floor(NOW / 86_400_000));
});

test.run();
