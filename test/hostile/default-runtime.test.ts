import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showFailure } from '../../src/exec/errors/show-failure';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import type { Tools } from '../support/python-tools';
import { environmentWith } from '../support/python-tools';
import { sourceDistributionBytes } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('an install that fails for the default runtime');

const FIRST =
  'No runtime is set, so this was installed for python3.7, the default. Set the `runtime` prop, or the context key cdk-lambda-python:runtime. ';

/** What is said of a function without a runtime whose only wheel is for Python 3.12, with the sources that are there. */
const said = async (
  tools: Tools,
  changes: Partial<BundleRequest> = {},
  environment: NodeJS.ProcessEnv = {},
  sources: Readonly<Record<string, Uint8Array>> = {},
): Promise<string> => {
  const wheels = wheelFolder('demo', { 'demo.py': '' }, { tag: 'cp312-cp312-manylinux2014_x86_64' });
  const folder = folderOf({
    'index.py': HANDLER,
    'requirements.txt': '--no-index\n--find-links ./wheels\ndemo==1\n',
    ...Object.fromEntries(
      fs.readdirSync(wheels).map((file) => [`wheels/${file}`, fs.readFileSync(path.join(wheels, file))]),
    ),
    ...sources,
  });
  const plan: BundlePlan = planOf(folder, { runtime: {}, ...changes });
  const cache = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
  const [report] = await execute([plan], { ...environmentWith(tools), ...cache, ...environment });
  return report?.outcome._tag === 'Failed' ? showFailure(plan, report.outcome.error) : 'made';
};

const SDIST = (code: string): Readonly<Record<string, Uint8Array>> => ({
  'wheels/demo-1.tar.gz': sourceDistributionBytes({ name: 'demo', code }),
});

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool}: no wheel for it`, async () => {
    const message = await said({ [tool]: true });
    assert.ok(message.startsWith(FIRST), message);
    assert.match(message, 'demo==1');
  });

  test(`${tool}: a build that fails`, async () => {
    const message = await said({ [tool]: true }, {}, {}, SDIST('raise SystemExit("not today")'));
    assert.ok(message.startsWith(`${FIRST}The build of demo==1 `), message);
    assert.match(message, 'not today');
  });
}

/** A container engine of which no image can be had. */
const withoutImages = (): NodeJS.ProcessEnv => {
  const client = path.join(temporaryFolder(), 'docker');
  const script = [
    '#!/bin/sh',
    'case "$1" in',
    'run) echo "docker: Error response from daemon: pull access denied for x, repository does not exist" >&2; exit 125;;',
    '*) exit 1;;',
    'esac',
    '',
  ].join('\n');
  fs.writeFileSync(client, script, { mode: 0o755 });
  return { CDK_DOCKER: client };
};

test('a container that was tried', async () => {
  const code = 'raise SystemExit("error: command \'gcc\' failed: No such file or directory")';
  const message = await said({ uv: true }, { executor: 'auto' }, withoutImages(), SDIST(code));
  assert.ok(message.startsWith(`${FIRST}demo==1 (`), message);
  assert.match(message, 'has no wheel for Python 3.7 on x86_64 (glibc 2.17); a container was tried: ');
});

test.run();
