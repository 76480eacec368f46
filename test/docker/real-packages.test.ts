import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { execute, planOfFile } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { handlerOf } from '../support/handler-of';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { REAL_ANSWER, REAL_HANDLER, REAL_PACKAGES, REAL_REQUIREMENTS } from '../support/real-packages';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('real packages in a container');

for (const version of ['3.11', '3.13']) {
  test(`ten of them for Python ${version} answer through AWS's runtime client`, async () => {
    const reason = dockerSkipReason(`public.ecr.aws/sam/build-python${version}`);
    if (reason !== undefined) {
      console.log(`SKIPPED: ${reason}`);
      return;
    }
    const source = temporaryFolder();
    writeTree(source, { 'stack.real.py': REAL_HANDLER, 'requirements.txt': REAL_REQUIREMENTS });
    const plan = planOfFile(path.join(source, 'stack.real.py'), {
      runtime: version,
      executor: 'docker',
      outputDirectory: temporaryFolder(),
    });
    const [report] = await execute([plan], {
      ...environmentWith({ docker: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    });
    assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
    const python = findPython(version);
    if (python === undefined) {
      console.log(`SKIPPED (the call, not the bundle): this machine has no Python ${version}`);
      return;
    }
    const names = Object.keys(REAL_PACKAGES);
    const answer = await invoke(plan.output.path, handlerOf(plan), { names }, { python });
    assert.equal(answer, { ok: true, payload: REAL_ANSWER });
  });
}

test.run();
