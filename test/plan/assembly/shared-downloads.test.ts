import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { downloadsOf } from '../../../src/plan/assembly/shared-downloads';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { planWith } from '../../exec/support/plans';

const test = suite('shared downloads');

const of = (changes: Partial<BundleRequest> = {}, requirements = 'six\n', tree = {}): string => {
  const plan = planWith(requirements, { executor: 'docker', ...changes }, tree);
  if (plan.install === null) throw new Error('nothing to install');
  return downloadsOf(plan.install, plan);
};

const none = { environment: [], volumes: [] };

test('wheels first, where only installers run; no second run where nothing may be built', () => {
  assert.is(of(), 'wheels');
  assert.is(of({ sdist: 'forbid' }), 'shared');
});

test('downloads of its own, where other code runs', () => {
  const tree = { 'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\n' };
  const volumes = [{ hostPath: '/srv', containerPath: '/srv', readOnly: false }];
  assert.equal(
    [
      of({}, './lib\n', tree),
      of({ hooks: { before: ['true'], after: [] } }),
      of({ docker: { ...none, image: 'mine' } }),
      of({ docker: { ...none, image: 'mine' }, sdist: 'forbid' }),
      of({ docker: { ...none, command: ['make'] } }),
      of({ docker: { ...none, entrypoint: ['env'] } }),
      of({ docker: { ...none, volumesFrom: ['x'], volumesDigest: '1' } }),
      of({ docker: { ...none, volumes, volumesDigest: '1' } }),
    ],
    Array(8).fill('private'),
  );
});

test.run();
