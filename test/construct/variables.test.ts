import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { makeWheel } from '../support/private-index';
import { environmentWith, hostPython } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { functionIn, realApp, sources, withEnvironment } from './support/app';

const test = suite('variables of a bundle, on this machine');

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool} gets build arguments and environment, and the template says nothing of them`, () => {
    const wheels = temporaryFolder();
    execFileSync(hostPython(), ['-c', makeWheel, path.join(wheels, 'private_lib-1-py3-none-any.whl')]);
    const app = realApp();
    const made = functionIn(new Stack(app, 'Stack'), 'A', {
      entry: sources({ 'requirements.txt': 'private-lib==1\n' }),
      bundling: {
        packaging: 'directory',
        executor: 'host',
        buildArgs: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: '/nowhere' },
        environment: { PIP_FIND_LINKS: wheels },
      },
    });
    const environment = { ...environmentWith({ [tool]: true }), CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
    withEnvironment(environment, () => app.synth());
    assert.ok(fs.existsSync(path.join(PythonFunction.planOf(made).output.path, 'private_lib.py')));
    assert.not.match(JSON.stringify(PythonFunction.planOf(made)), path.basename(wheels));
  });
}

test.run();
