import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { mayInstallAlone, waysOf } from '../../../src/plan/parts/local-install-executor';
import { planned, request, requiring } from '../support/world';

const test = suite('who installs local packages alone');

const { install } = planned(request({}), requiring('six\n'));
if (install === null) throw new Error('no install');
const INSTALL = install;

const ways = (changes: Partial<InstallPlan>): string =>
  (['host', 'container'] as const)
    .filter((way) => mayInstallAlone({ ...INSTALL, ...changes }, way))
    .join(' ');

test('this machine is tried before a container, as for all modules', () => {
  assert.equal(waysOf({ executor: 'auto' }), ['host', 'container']);
  assert.equal(waysOf({ executor: 'host' }), ['host']);
  for (const executor of ['docker', 'buildkit'] as const) assert.equal(waysOf({ executor }), ['container']);
});

test('the executor and the place of builds decide who may', () => {
  const cases = {
    'host host': 'host',
    'host forbid': '',
    'docker docker': 'container',
    'docker forbid': '',
    'buildkit docker': 'container',
    'auto host': 'host container',
    'auto docker': 'container',
    'auto forbid': '',
  };
  for (const [given, expected] of Object.entries(cases)) {
    const [executor, sdist] = given.split(' ') as [InstallPlan['executor'], InstallPlan['sdist']];
    assert.is(ways({ executor, sdist }), expected, given);
  }
});

test('commands, an entrypoint, volumes and the time of a commit leave the modules of a container together', () => {
  const container = { executor: 'docker', sdist: 'docker' } as const;
  const { docker } = INSTALL;
  const volume = { source: '/data', target: '/data', readOnly: true };
  const git = { path: '.', from: '/repo', digest: 'd1', branch: null, packages: ['libs/a'] };
  const cases: readonly Partial<InstallPlan>[] = [
    { isWhole: true },
    { docker: { ...docker, entrypoint: ['/run.sh'] } },
    { docker: { ...docker, volumesFrom: ['other'] } },
    { docker: { ...docker, mounts: [...docker.mounts, volume] } },
    { git: [git] },
  ];
  assert.is(ways(container), 'container');
  for (const changes of cases) assert.is(ways({ ...container, ...changes }), '', JSON.stringify(changes));
  assert.is(ways({ executor: 'host', sdist: 'host', git: [git] }), 'host');
});

test.run();
