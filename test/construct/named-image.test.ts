import * as fs from 'node:fs';
import * as path from 'node:path';
import { DockerImage, Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction, Runtime } from '../../src/construct/index';
import { functionIn, HANDLER, messageOf, realApp, sources, withEnvironment } from './support/app';
import { environment } from './support/told-imports';

const test = suite('`bundling.image` on a machine without Docker');

/** Makes functions whose options differ from one folder, on a machine with uv alone. */
const made = (...options: readonly Parameters<typeof functionIn>[2][]) =>
  withEnvironment(environment(), () => {
    const app = realApp();
    const stack = new Stack(app, 'Stack');
    const entry = sources({ 'index.py': HANDLER, 'requirements.txt': 'six==1.17.0\n' });
    const runtime = Runtime.PYTHON_3_13;
    const functions = options.map((props, index) =>
      functionIn(stack, `F${index}`, {
        entry,
        runtime,
        ...props,
        bundling: { packaging: 'directory', ...props?.bundling },
      }),
    );
    app.synth();
    return functions.map((fn) => PythonFunction.planOf(fn));
  });

test('the image that would be used anyway needs none, however it is named', () => {
  const own = Runtime.PYTHON_3_13.bundlingImage.image;
  const [without, ...named] = made(
    {},
    { bundling: { image: Runtime.PYTHON_3_13.bundlingImage } },
    { bundling: { image: own } },
    { bundling: { image: DockerImage.fromRegistry(`${own}:latest`) } },
  );
  for (const plan of named) assert.equal(plan.hash, without?.hash);
  assert.ok(without !== undefined && fs.existsSync(path.join(without.output.path, 'six.py')));
});

test('another one does, and the message says that leaving it out would do', () => {
  assert.match(
    messageOf(() => made({ bundling: { image: Runtime.PYTHON_3_12.bundlingImage } })),
    '`bundling.image` is public.ecr.aws/sam/build-python3.12, so a container installs, but no container engine answers: The container engine "docker" was not found on PATH. ' +
      'Leave `bundling.image` out (and `bundling.executor`, if it is "docker") to install on this machine, or start Docker, or name another engine with CDK_DOCKER.',
  );
});

test.run();
