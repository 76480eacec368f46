import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute } from '../../support/bundle-file';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('no engine, and an image that asks for one');

const messageWith = async (docker: Partial<BundleRequest['docker']>): Promise<string> => {
  const plan = planWith('six==1.16.0\n', {
    executor: 'docker',
    docker: { environment: [], volumes: [], ...docker },
  });
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const [report] = await execute([plan], { ...environmentWith({ uv: true }), ...cache });
  return report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : 'made';
};

test('where nothing else needs a container, leaving the image out is the first advice', async () => {
  assert.is(
    await messageWith({ image: 'example.com/build:1' }),
    '`bundling.image` is example.com/build:1, so a container installs, but no container engine answers: The container engine "docker" was not found on PATH. ' +
      'Leave `bundling.image` out (and `bundling.executor`, if it is "docker") to install on this machine, or start Docker, or name another engine with CDK_DOCKER.',
  );
});

test('where something else does, the advice would not do', async () => {
  const volumes = [{ hostPath: temporaryFolder(), containerPath: '/wheels', readOnly: true }];
  const others: readonly Partial<BundleRequest['docker']>[] = [
    {},
    ...[{ volumesFrom: ['v'] }, { entrypoint: ['sh'] }, { command: ['true'] }, { volumes }].map((option) => ({
      image: 'example.com/build:1',
      ...option,
    })),
  ];
  for (const docker of others)
    assert.match(await messageWith(docker), /^The container engine "docker" was not found/);
});

test.run();
