import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import { temporaryFolder } from '../../support/temporary';
import { runScript, VERSION } from '../support/container-runs';

const test = suite('which wheels a build container tries first');

/** The arguments of each run of a uv that knows these lines of shell, without those that all runs have. */
const runsOf = (answer: string, changes: Partial<ContainerTask> = {}, more: readonly string[] = []) => {
  const folder = temporaryFolder();
  const [program, log] = [path.join(folder, 'uv'), path.join(folder, 'log')];
  fs.writeFileSync(program, `#!/bin/sh\n${VERSION}\necho "$*" >> '${log}'\n${answer}\n`, { mode: 0o755 });
  const argv = (level: string): readonly string[] => [program, 'pip', 'install', level];
  const { status, stderr } = runScript(
    {},
    { installers: [[argv('old')]], newer: [[argv('new')]], ...changes },
    {},
    more,
  );
  return { status, stderr, runs: fs.readFileSync(log, 'utf8').trim().split('\n') };
};

const LACKS = (name: string): string =>
  `echo 'Wheels are required for \`${name}\` because building from source is disabled'`;
const OTHER = "echo 'has no wheels with a matching platform\n  tag (e.g., x)'";

test('wheels for the oldest C library are enough where all has one', () => {
  assert.equal(runsOf('exit 0').runs, ['pip install --only-binary :all: old']);
});

test('newer wheels are tried where something lacks one, and for no other failure', () => {
  for (const why of [LACKS('a'), OTHER]) {
    const { status, runs } = runsOf(`case "$*" in *old) ${why}; exit 1;; esac`);
    assert.equal([status, runs.length, runs[1]], [0, 2, 'pip install --only-binary :all: new']);
  }
  assert.equal(runsOf('echo no network; exit 2').runs.length, 1);
});

test('only what lacks a wheel is built, one after the other; what was printed last is told', () => {
  const answer = `case "$*" in *'binary b'*) echo done; exit 0;; *'binary a'*) ${LACKS('b')};; *) ${LACKS('a')};; esac; exit 1`;
  const { status, stderr, runs } = runsOf(answer);
  assert.equal(
    [status, stderr, runs],
    [
      0,
      'done\n',
      [
        'pip install --only-binary :all: old',
        'pip install --only-binary :all: new',
        'pip install --only-binary :all: --no-binary a old',
        'pip install --only-binary :all: --no-binary a new',
        'pip install --only-binary :all: --no-binary a --no-binary b old',
      ],
    ],
  );
});

test('a local package is built from the start, unless wheels alone are asked for', () => {
  const localPackages = ['mine'];
  assert.equal(runsOf('exit 0', { localPackages }).runs, [
    'pip install --only-binary :all: --no-binary mine old',
  ]);
  assert.equal(runsOf('exit 0', { localPackages }, ['wheels']).runs, ['pip install --only-binary :all: old']);
  assert.is(runsOf(`${LACKS('a')}; exit 1`, {}, ['wheels']).runs.length, 2);
});

test('where a hash is that of a source distribution, it is built', () => {
  const answer = 'case "$*" in *only*) echo \'Hash mismatch for `a==1`\'; exit 1;; esac';
  assert.equal(runsOf(answer).runs, ['pip install --only-binary :all: old', 'pip install old']);
});

test('where a setting says what may be built, the installer follows it by itself', () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'r.txt'), '--only-binary a\na\n');
  const program = path.join(folder, 'uv');
  const log = path.join(folder, 'log');
  fs.writeFileSync(
    program,
    `#!/bin/sh\n${VERSION}\necho "$*" >> '${log}'\ncase "$*" in *all*) ${LACKS('a')}; exit 1;; esac\n`,
    { mode: 0o755 },
  );
  runScript({}, { folder, installers: [[[program, 'install', '--requirement', 'r.txt']]] });
  assert.equal(fs.readFileSync(log, 'utf8').trim().split('\n'), [
    'install --only-binary :all: --requirement r.txt',
    'install --requirement r.txt',
  ]);
});

test.run();
