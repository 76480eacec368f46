import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/python-function';
import type { PythonFunctionProps } from '../../src/construct/props/python-function-props';
import { dockerSkipReason } from '../support/docker';
import type { Invocation } from '../support/invoke';
import { handlerOf } from '../support/handler-of';
import { invoke } from '../support/invoke';
import { findPython } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('PythonFunction in a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

/** A package whose build notes what it sees: a variable, a file of a mounted folder, its user. */
const SETUP = `
import os
from setuptools import setup

with open("seen.py", "w") as file:
    file.write("FLAG = %r\\nSHARED = %r\\nUSER = %r\\n" % (os.environ.get("FLAG"), open("/shared/note").read(), os.getuid()))
setup(name="seen", version="1.0", py_modules=["seen"])
`;

const synthesizeAndCall = async (
  tree: Readonly<Record<string, string>>,
  props: Partial<PythonFunctionProps>,
): Promise<Invocation> => {
  const project = temporaryFolder();
  writeTree(project, tree);
  const app = new App({ outdir: path.join(project, 'cdk.out') });
  const fn = new PythonFunction(new Stack(app, 'Stack'), 'Fn', {
    entry: path.join(project, 'fn', 'index.py'),
    runtime: Runtime.PYTHON_3_11,
    ...props,
  });
  const kept = process.env['CDK_LAMBDA_PYTHON_CACHE'];
  process.env['CDK_LAMBDA_PYTHON_CACHE'] = temporaryFolder();
  try {
    app.synth();
  } finally {
    if (kept === undefined) delete process.env['CDK_LAMBDA_PYTHON_CACHE'];
    else process.env['CDK_LAMBDA_PYTHON_CACHE'] = kept;
  }
  return invoke(
    PythonFunction.planOf(fn).output.path,
    handlerOf(PythonFunction.planOf(fn)),
    {},
    { python: findPython('3.11') },
  );
};

const withDocker = (name: string, body: () => Promise<void>): void => {
  test(name, async () => {
    const reason =
      dockerSkipReason(IMAGE) ?? (findPython('3.11') === undefined ? 'no Python 3.11' : undefined);
    if (reason === undefined) return body();
    console.log(`SKIPPED: ${reason}`);
  });
};

withDocker(
  'environment, volumes and network reach the build of a local package above the entry',
  async () => {
    const shared = temporaryFolder();
    writeTree(shared, { note: 'from the volume' });
    const answer = await synthesizeAndCall(
      {
        'fn/index.py':
          'import seen\ndef lambda_handler(event, context):\n    return [seen.FLAG, seen.SHARED, seen.USER]\n',
        'fn/requirements.txt': '-e ../libs/seen\n',
        'libs/seen/setup.py': SETUP,
      },
      {
        bundling: {
          executor: 'docker',
          environment: { FLAG: 'handed over' },
          volumes: [{ hostPath: shared, containerPath: '/shared' }],
          network: 'host',
        },
      },
    );
    assert.equal(answer, { ok: true, payload: ['handed over', 'from the volume', process.getuid?.()] });
  },
);

withDocker('auto takes a distribution with C in it to the container', async () => {
  const answer = await synthesizeAndCall(
    {
      'fn/index.py':
        'import psutil\ndef lambda_handler(event, context):\n    return [psutil.__version__, psutil.cpu_count() > 0]\n',
      'fn/requirements.txt': 'psutil==5.0.0\n',
    },
    {},
  );
  assert.equal(answer, { ok: true, payload: ['5.0.0', true] });
});

test.run();
