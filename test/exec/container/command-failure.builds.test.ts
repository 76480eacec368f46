import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandFailure } from '../../../src/exec/container/command-failure';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { planWith } from '../support/plans';

const test = suite('builds that fail in a container');

test('a program that the image lacks is told as a build that failed', () => {
  const plan = planWith('psycopg2==2.9.10\n');
  if (plan.install === null) throw new Error('nothing to install');
  const output =
    'Failed to build `psycopg2==2.9.10`\nThe build backend returned an error\nError: pg_config executable not found.\n';
  const result = { exitCode: 1, signal: null, stdout: '', output };
  const said = showExecutionError(commandFailure({ plan, install: plan.install }, 'pip in image', result));
  assert.match(
    said,
    /^The build of psycopg2==2\.9\.10 \(.*requirements\.txt:1\) failed\. Its build backend said:/,
  );
  assert.match(
    said,
    'name an image that has it (`bundling.image`), or require a version or another distribution that has a wheel.',
  );
});

test.run();
