import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONTAINER_SCRIPT_NAME, containerScript } from '../../../src/exec/container/container-script';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import { INDEX_VARIABLES } from '../../../src/plan/variables/declared-index';
import { hostPython } from '../../support/python-tools';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('the indexes of a run in a build container');

/** The script, for which a pip.conf of this machine does not matter. */
const SCRIPT = containerScript().replace(/^PIP_FILES = \([^]*?^\)$/m, 'PIP_FILES = ()');

/** Writes down which variables of indexes each run has. */
const UV = `#!/bin/sh
for last; do :; done
env | grep -E '^(UV|PIP)_' | cut -d= -f1 | sort | tr '\\n' ' ' > "$OUT/$last.seen"
`;

/** The variables that each of two runs sees: one of requirements that name an index, and one of others. */
const seen = (withoutNeeds: boolean, more: Partial<ContainerTask> = {}): readonly string[] => {
  const folder = temporaryFolder();
  writeTree(folder, {
    'default.txt': 'six==1\n',
    'corp.txt': '--index-url https://c.example/simple\ncorp==1\n',
    'out/.keep': '',
    'script/other': '',
  });
  fs.writeFileSync(path.join(folder, 'uv'), UV, { mode: 0o755 });
  fs.writeFileSync(path.join(folder, 'script', CONTAINER_SCRIPT_NAME), SCRIPT);
  const run = (file: string): readonly string[] => [
    path.join(folder, 'uv'),
    ...(withoutNeeds ? ['--no-deps'] : []),
    '--requirement',
    file,
  ];
  const task: ContainerTask = {
    folder,
    installers: [[run('default.txt'), run('corp.txt')]],
    output: path.join(folder, 'target'),
    isPinned: true,
    bytecode: null,
    ...more,
  };
  fs.mkdirSync(task.output);
  const { status, stderr } = spawnSync(
    hostPython(),
    [path.join(folder, 'script', CONTAINER_SCRIPT_NAME), JSON.stringify(task)],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        OUT: path.join(folder, 'out'),
        UV_HTTP_TIMEOUT: '9',
        ...Object.fromEntries(INDEX_VARIABLES.map((name) => [name, 'https://m.example/simple'])),
      },
    },
  );
  assert.is(status, 0, stderr);
  return ['default', 'corp'].map((name) =>
    fs.readFileSync(path.join(folder, `out/${name}.txt.seen`), 'utf8').trim(),
  );
};

const ALWAYS = ['PIP_USE_PEP517', 'UV_HTTP_TIMEOUT'];
const ALL = [...INDEX_VARIABLES, ...ALWAYS].sort().join(' ');

test('a run of a lock that names its index is told of no other', () => {
  assert.equal(seen(true), [ALL, ALWAYS.join(' ')]);
});

test('what has no lock is told of all, as the other side has decided', () => {
  assert.equal(seen(false), [ALL, ALL]);
});

test('local packages alone of a set without a lock are built with the indexes of that set', () => {
  assert.equal(seen(true, { isUnlocked: true }), [ALL, ALL]);
});

test.run();
