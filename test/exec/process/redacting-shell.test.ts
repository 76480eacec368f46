import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { redactingShell, valuesOf } from '../../../src/exec/process/redacting-shell';
import { recordingShell } from '../support/recording-shell';

const test = suite('a shell that tells no secret');

test('both outputs, and nothing else of a result', async () => {
  const { shell } = recordingShell(() => ({
    exitCode: 3,
    stdout: 'a s3cr3t-t0ken',
    output: 'b s3cr3t-t0ken',
  }));
  const result = await redactingShell(shell, { TOKEN: 's3cr3t-t0ken' })({ argv: ['x'] })();
  assert.equal(result, { exitCode: 3, signal: null, stdout: 'a ${TOKEN}', output: 'b ${TOKEN}' });
});

test('what is given, and of this machine’s what a plan names or what is a secret by its name', () => {
  assert.equal(valuesOf(['A', 'B', 'C'], { A: 'own', B: 'own', D: 'own' }, { B: 'given', E: 'given' }), {
    A: 'own',
    B: 'given',
    E: 'given',
  });
  assert.equal(valuesOf([], { AWS_SESSION_TOKEN: 'own', D: 'own' }, {}), { AWS_SESSION_TOKEN: 'own' });
});

test.run();
