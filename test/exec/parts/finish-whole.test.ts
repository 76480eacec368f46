import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { finishModules } from '../../../src/exec/parts/finish-modules';
import type { Installed } from '../../../src/exec/install/install';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';
import { folderOf, runFolders } from '../support/requests';

const test = suite('what a whole build must be');

const hooks = { before: [], after: ['true'] };
const MODULE = {
  'a-1.dist-info/METADATA': 'Name: a\n',
  'a-1.dist-info/RECORD': 'a.py,,\nbin/a,,\nbin/b,,\n',
};

/** Finishes an output folder that commands have left; answers what is wrong, or the files. */
const finish = async (
  output: Readonly<Record<string, string>>,
  records: Readonly<Record<string, string>>,
  {
    changes = {},
    plan = {},
  }: { readonly changes?: Partial<BundleRequest>; readonly plan?: Partial<BundlePlan> } = {},
): Promise<unknown> => {
  const planned = { ...planWith('a\n', { executor: 'docker', hooks, ...changes }), ...plan };
  if (planned.install === null) throw new Error('nothing to install');
  const folders = runFolders(temporaryFolder());
  fs.mkdirSync(folders.output);
  writeTree(folders.output, output);
  const installed: Installed = { by: 'docker', tool: 'pip', output: 'said', records: folderOf(records) };
  const result = await finishModules(
    { plan: planned, install: planned.install, folders, environment: {} },
    installed,
  );
  return result._tag === 'Left' ? result.left : listTree(folders.output).map((file) => file.path);
};

test('requirements of which nothing was installed', async () => {
  const nothing = { _tag: 'NothingInstalled', tool: 'pip', output: 'said' };
  assert.equal(await finish({ 'index.py': '' }, {}), nothing);
  // A command of the user's own may install nothing, or hide what it installs.
  const docker = { environment: [], volumes: [], command: ['make'] };
  assert.equal(await finish({ 'index.py': '' }, {}, { changes: { docker } }), ['index.py']);
});

test('nothing at all, where there is no entry that would be missed', async () => {
  const layer = { plan: { entry: { file: '/app', root: '/app', path: null } } };
  assert.equal(await finish({}, MODULE, layer), { _tag: 'NothingBuilt', tool: 'pip', output: 'said' });
  assert.equal(await finish({ 'a.py': '' }, MODULE, layer), ['a.py']);
});

test('a wheel that does not load on the target, whose metadata are gone', async () => {
  const wheel = { ...MODULE, 'a-1.dist-info/WHEEL': 'Tag: cp310-cp310-manylinux2014_x86_64\n' };
  assert.equal(await finish({ 'index.py': '' }, wheel), {
    _tag: 'WrongWheel',
    distribution: 'a-1',
    tag: 'cp310-cp310-manylinux2014_x86_64',
    target: 'Python 3.11 on x86_64 (glibc 2.26)',
  });
  const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['a'], exclude: [] };
  assert.equal(await finish({ 'index.py': '' }, wheel, { changes: { dependencies } }), ['index.py']);
});

test('launchers, byte code and notes of the installer go; the files of the user stay', async () => {
  const files = {
    'index.py': '',
    'a.py': '',
    '__pycache__/a.cpython-311.pyc': '',
    '__pycache__/index.cpython-311.pyc': '',
    'bin/a': '#!/usr/bin/python\n',
    'bin/b': '\u007fELF',
    'bin/mine': '#!/bin/sh\n',
    INSTALLER: 'mine',
    'a-1.dist-info/INSTALLER': 'pip',
    'a-1.dist-info/RECORD': 'bin/b,,\nbin/a,,\na.py,,\n',
  };
  const records = {
    ...MODULE,
    'a-1.dist-info/RECORD': `${MODULE['a-1.dist-info/RECORD']}__pycache__/a.cpython-311.pyc,,\n`,
  };
  assert.equal(await finish(files, records), [
    'INSTALLER',
    '__pycache__/index.cpython-311.pyc',
    'a-1.dist-info/RECORD',
    'a.py',
    'bin/b',
    'bin/mine',
    'index.py',
  ]);
  const taken = { ...records, 'taken.json': '["bin/a"]' };
  assert.equal(await finish(files, taken), {
    _tag: 'FileConflict',
    path: 'bin/a',
    source: 'what `beforeBundling` made',
    distribution: 'a-1',
  });
  const changes = { dependencies: { ...DEFAULT_DEPENDENCIES, omit: ['a'] } };
  assert.equal(await finish({ 'index.py': '', 'bin/a': '#!/bin/sh\n', 'bin/b': '' }, taken, { changes }), [
    'bin/a',
    'index.py',
  ]);
});

test('folders that commands have closed', async () => {
  const planned = planWith('a\n', { executor: 'docker', hooks });
  if (planned.install === null) throw new Error('nothing to install');
  const folders = runFolders(temporaryFolder());
  writeTree(folders.output, { 'index.py': '', 'a.py': '', 'closed/x': '' });
  fs.chmodSync(path.join(folders.output, 'closed'), 0o500);
  await finishModules(
    { plan: planned, install: planned.install, folders, environment: {} },
    { by: 'docker', tool: 'pip', output: '', records: folderOf(MODULE) },
  );
  assert.is(fs.statSync(path.join(folders.output, 'closed')).mode & 0o777, 0o755);
});

test.run();
