import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandFailure } from '../../../src/exec/container/command-failure';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { NO_GIT } from '../../../src/exec/git/no-git-in-image';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { planWith } from '../support/plans';

const test = suite('an image without Git');

const GIT = [{ path: 'r', from: '/repo', digest: '0'.repeat(64), branch: null, packages: ['shared', 'lib'] }];

const said = (executor: InstallPlan['executor'], sdist: InstallPlan['sdist']): string => {
  const plan = planWith('six==1.17.0\n', { executor: 'docker' });
  if (plan.install === null) throw new Error('nothing to install');
  const install = { ...plan.install, executor, sdist, git: GIT };
  const result = { exitCode: 1, signal: null, stdout: '', output: `x\n${NO_GIT}\n` };
  return showExecutionError(commandFailure({ plan, install }, 'pip', result));
};

const message = (here: string): string =>
  `The image public.ecr.aws/sam/build-python3.11 has no Git, and /repo/shared, /repo/lib take the version from Git. Name an image that has Git (\`bundling.image\`), ${here}or write the version in the package's pyproject.toml and remove the tool that reads it from Git (such as setuptools-scm) from its build requirements.`;

test('the error names the image, the packages, and what works with these options', () => {
  assert.is(
    said('docker', 'docker'),
    message('set `bundling.executor` to "auto" to build it on this machine, '),
  );
  assert.is(said('auto', 'docker'), message('set `bundling.sdist` to "host" to build it on this machine, '));
  assert.is(said('auto', 'host'), message(''));
});

test.run();
