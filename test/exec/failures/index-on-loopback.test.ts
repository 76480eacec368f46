import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandFailure } from '../../../src/exec/container/command-failure';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { planWith } from '../support/plans';

const test = suite('an index at the address of this machine, in a container');

const said = (output: string, network: string | null = null): string => {
  const plan = planWith('six==1.17.0\n', { executor: 'docker' });
  if (plan.install === null) throw new Error('nothing to install');
  const install = { ...plan.install, docker: { ...plan.install.docker, network } };
  const result = { exitCode: 1, signal: null, stdout: '', output };
  return showExecutionError(commandFailure({ plan, install }, 'pip in x', result));
};

const UV = (host: string): string =>
  `error: Failed to fetch: \`http://${host}/simple/six/\`\n  Caused by: tcp connect error: Connection refused (os error 111)\n`;

const PIP = `Looking in indexes: http://u:p@localhost:1/simple\nWARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused')': /simple/six/\nERROR: Could not find a version that satisfies the requirement six==1.17.0 (from versions: none)\nERROR: No matching distribution found for six==1.17.0\n`;

test('the message says what that address is, and names the option that helps', () => {
  for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:1', '127.0.1.1'])
    assert.match(
      said(UV(host)).split('\n')[0] ?? '',
      `nothing answers at that address (connection refused). In a container, ${host.replace(/:\d+$/, '')} is the container itself and not this machine. Set \`bundling.network\` to "host", or name the index by an address that containers reach.`,
    );
  assert.is(
    said(UV('127.0.0.1:8080')).split('\n')[0],
    'pip in x could not get http://127.0.0.1:8080/simple/six/: nothing answers at that address (connection refused). In a container, 127.0.0.1 is the container itself and not this machine. Set `bundling.network` to "host", or name the index by an address that containers reach.',
  );
});

test('the same of pip, which tells no address', () => {
  const words =
    "ERROR: Could not install packages due to an OSError: HTTPConnectionPool(host='127.0.0.1', port=1): Max retries exceeded with url: /simple/six/ (Caused by NewConnectionError(': [Errno 111] Connection refused'))\n";
  assert.match(said(words), 'In a container, 127.0.0.1 is the container itself');
  assert.match(said(PIP), 'In a container, localhost is the container itself');
});

test('nothing of it where the container has the network of the host, or the address is another one', () => {
  for (const message of [
    said(UV('127.0.0.1:8080'), 'host'),
    said(UV('127.0.0.1.example.com')),
    said(UV('localhosts')),
  ])
    assert.not.match(message, 'In a container');
});

test.run();
