import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cleaning, removeAbandonedContainers } from '../../../src/exec/container/abandoned-containers';
import { newName } from '../../../src/exec/files/temporary';
import { recordingShell } from '../support/recording-shell';

const test = suite('containers of runs that were killed');

const own = `cdk-lambda-python-${newName('0a')}`;
const dead = own.replace(String(process.pid), String(spawnSync('true').pid));
const elsewhere = dead.replace(/-[0-9a-f]{8}-/, '-00000000-');

/** An engine that has these containers and volumes. */
const engine = (containers: readonly string[], volumes: readonly string[]) =>
  recordingShell(({ argv }) => ({
    stdout: (argv[1] === 'ps' ? containers : argv[2] === 'ls' ? volumes : []).join('\n'),
  }));

test('those of dead processes of this machine are removed, containers first, and no others', async () => {
  const { shell, commands } = engine(
    [`${dead}-run`, `${own}-run`, `${elsewhere}-run`, 'cdk-lambda-python-mine', `of-the-user-${dead}`],
    [`${dead}-input`, `${dead}-cache`, `${own}-input`],
  );
  await removeAbandonedContainers(shell, 'podman');
  assert.equal(
    commands.map(({ argv }) => argv.join(' ')).filter((line) => line.includes(' rm ')),
    [`podman rm --force ${dead}-run`, `podman volume rm --force ${dead}-input ${dead}-cache`],
  );
});

test('where there are none, nothing is removed', async () => {
  const { shell, commands } = engine([`${own}-run`], []);
  await removeAbandonedContainers(shell, 'docker');
  assert.equal(
    commands.map(({ argv }) => argv[1]),
    ['ps', 'volume'],
  );
});

test('an engine is asked once, and what it does not answer is no failure of an install', async () => {
  let asked = 0;
  const install = cleaning(
    () => () => {
      asked += 1;
      return Promise.reject(new Error('no engine'));
    },
    'docker',
    () => Promise.resolve({ _tag: 'Right', right: { by: 'docker', tool: 'pip', output: '' } }),
  );
  const task = {} as Parameters<typeof install>[0];
  for (const result of [await install(task), await install(task)]) assert.is(result._tag, 'Right');
  assert.is(asked, 1);
});

test.run();
