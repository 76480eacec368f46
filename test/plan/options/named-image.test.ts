import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isRight } from 'fp-ts/Either';
import { plan } from '../../../src/plan/plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { request, requiring } from '../support/world';

const test = suite("the runtime's own image, named");

const runtime = { prop: '3.13' };

const named = (image: string, given: Partial<BundleRequest> = {}) => {
  const docker = { image, environment: [], volumes: [] };
  const made = plan(
    request({ executor: 'docker', isExecutorByImage: true, docker, runtime, ...given }),
    requiring('six\n'),
  );
  if (!isRight(made)) throw new Error(JSON.stringify(made.left));
  return made.right;
};

const OWN = 'public.ecr.aws/sam/build-python3.13';

test('names nothing: the plan is that of a function without `image`', () => {
  const without = plan(request({ executor: 'auto', runtime }), requiring('six\n'));
  assert.equal(isRight(without) && without.right, named(OWN));
  assert.is(named(OWN).install?.executor, 'auto');
});

test('stays in a container where that was asked for by more than the name', () => {
  const { install, image } = named(OWN, { isExecutorByImage: false });
  assert.equal([install?.executor, image], ['docker', OWN]);
});

test('is that of the runtime, and of no other one', () => {
  const other = 'public.ecr.aws/sam/build-python3.12';
  const { install, image } = named(other);
  assert.equal([install?.executor, image], ['docker', other]);
});

test.run();
