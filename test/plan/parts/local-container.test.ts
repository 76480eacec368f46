import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import type { DockerInstall, InstallInput, InstallPlan } from '../../../src/plan/model/install-plan';
import { aloneInContainer, containerKey } from '../../../src/plan/parts/local-container';
import type { LocalPart } from '../../../src/plan/parts/local-part';
import { planned, request, requiring } from '../support/world';

const test = suite('local packages alone in a container');

const installOf = (text: string): InstallPlan => {
  const { install } = planned(request({ executor: 'docker' }), requiring(text));
  if (install === null) throw new Error('no install');
  return install;
};

const taskOf = ({ command }: Pick<DockerInstall, 'command'>): ContainerTask =>
  JSON.parse(command[3] ?? '') as ContainerTask;

const INSTALL = installOf('six\n');

test('all runs get other files and no dependencies, and nothing else is changed', () => {
  const before = taskOf(INSTALL.docker);
  const alone = aloneInContainer(INSTALL.docker, ['a.txt', 'b.txt'], { isLocked: false });
  const after = taskOf(alone);
  for (const [at, runs] of before.installers.entries()) {
    const [first = []] = runs;
    const kept = first.slice(0, first.indexOf('--requirement'));
    assert.equal(
      after.installers[at],
      ['a.txt', 'b.txt'].map((file) => [...kept, '--no-deps', '--requirement', file]),
    );
  }
  assert.equal(
    { ...after, installers: [], newer: [] },
    { ...before, installers: [], newer: [], isUnlocked: true },
  );
  assert.is(after.newer?.length, before.newer?.length);
  assert.equal({ ...alone, command: [], argv: [] }, { ...INSTALL.docker, command: [], argv: [] });
  assert.is(alone.argv.at(-1), alone.command.at(-1));
  assert.equal(alone.argv.slice(0, -1), INSTALL.docker.argv.slice(0, -1));
});

test('packages of a lock are installed as from a lock', () => {
  const task = taskOf(aloneInContainer(INSTALL.docker, ['a.txt'], { isLocked: true }));
  assert.is(task.isUnlocked, undefined);
});

const input = (path: string, hashed = path): InstallInput => ({ path, hashed }) as InstallInput;

const part = (name: string, ...more: readonly InstallInput[]): LocalPart => ({
  name,
  folder: `libs/${name}`,
  runsCode: false,
  inputs: [input(`libs/${name}/pyproject.toml`), input(`libs/${name}/a.py`), ...more],
});

test('what the packages beside it require for their builds counts, and their modules do not', () => {
  const key = (parts: readonly LocalPart[], changes: Partial<InstallPlan> = {}): string =>
    containerKey('key', parts, { ...INSTALL, ...changes });
  const own = key([part('a'), part('b')]);
  assert.is(key([part('b'), part('a')]), own);
  assert.is(key([part('a'), part('b', input('libs/b/b.py'))]), own);
  assert.is(key([part('a'), { ...part('b'), folder: 'libs/b', inputs: part('b').inputs.slice(0, 1) }]), own);
  const docker = (changes: Partial<DockerInstall>) => ({ docker: { ...INSTALL.docker, ...changes } });
  const others = [
    key([part('a')]),
    key([part('a'), part('b', input('libs/b/setup.py'))]),
    key([part('a'), part('b')], docker({ image: 'another' })),
    key([part('a'), part('b')], docker({ platform: 'linux/arm64' })),
    key([part('a'), part('b')], { isLocked: true }),
    key([part('a'), part('b')], { installer: 'pip' }),
    containerKey('another', [part('a'), part('b')], INSTALL),
  ];
  assert.is(new Set([own, ...others]).size, others.length + 1);
});

test.run();
