import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Invocation } from '../support/invoke';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const bundleOf = (tree: Readonly<Record<string, string>>): string => {
  const bundle = temporaryFolder();
  writeTree(bundle, tree);
  return bundle;
};

const failureOf = (invocation: Invocation): Extract<Invocation, { ok: false }> => {
  if (invocation.ok) throw new Error(`expected a failure, got ${JSON.stringify(invocation.payload)}`);
  return invocation;
};

const ECHO = `
import os
import helper

def lambda_handler(event, context):
    return {
        'event': event,
        'helper': helper.__file__ == os.path.join(os.environ['LAMBDA_TASK_ROOT'], 'helper.py'),
        'function': context.function_name,
        'memory': context.memory_limit_in_mb,
        'in time': context.get_remaining_time_in_millis() > 0,
        'cwd': os.getcwd() == os.environ['LAMBDA_TASK_ROOT'],
        'greeting': os.environ.get('GREETING'),
        'home': os.environ.get('HOME'),
    }
`;

const test = suite('runtime client');

test('a handler answers, and its bundle stays as it was', async () => {
  const bundle = bundleOf({ 'index.py': ECHO, 'helper.py': '' });
  const before = listTree(bundle);
  const event = { name: 'Zoë', list: [1, 2.5, null] };
  const invocation = await invoke(bundle, 'index.lambda_handler', event, { environment: { GREETING: 'hi' } });
  assert.equal(invocation, {
    ok: true,
    payload: {
      event,
      helper: true,
      function: 'test',
      memory: '128',
      'in time': true,
      cwd: true,
      greeting: 'hi',
      home: null,
    },
  });
  assert.equal(listTree(bundle), before);
});

test('a handler in a package answers under either form of its name', async () => {
  const bundle = bundleOf({ 'api/index.py': 'def main(event, context):\n    return b"bytes"\n' });
  const expected = { ok: true, payload: Buffer.from('bytes') };
  assert.equal(await invoke(bundle, 'api.index.main', null), expected);
  assert.equal(await invoke(bundle, 'api/index.main', null), expected);
});

test('a handler that raises gives its error and its output', async () => {
  const bundle = bundleOf({
    'index.py':
      'import sys\ndef lambda_handler(event, context):\n    print("seen", file=sys.stderr)\n    raise ValueError("no: " + event)\n',
  });
  const { error, stdout, stderr } = failureOf(await invoke(bundle, 'index.lambda_handler', 'this'));
  assert.is(error.errorType, 'ValueError');
  assert.is(error.errorMessage, 'no: this');
  assert.match(error.stackTrace.join(''), /index\.py", line 4, in lambda_handler/);
  assert.match(stdout, /\[ERROR\] ValueError: no: this/);
  assert.is(stderr, 'seen\n');
});

test('a cause longer than the header limit of Node.js comes through', async () => {
  const bundle = bundleOf({
    'index.py': 'def lambda_handler(event, context):\n    raise ValueError("x" * 100_000)\n',
  });
  const { error } = failureOf(await invoke(bundle, 'index.lambda_handler', {}));
  assert.is(error.errorMessage.length, 100_000);
});

test('a missing module gives the import error of the client', async () => {
  const { error } = failureOf(await invoke(bundleOf({}), 'index.lambda_handler', {}));
  assert.equal(error, {
    errorType: 'Runtime.ImportModuleError',
    errorMessage: "Unable to import module 'index': No module named 'index'",
    stackTrace: [],
  });
});

test('a file with a dot in its stem cannot be a handler, which is why the library renames it', async () => {
  const bundle = bundleOf({ 'stack.my_handler.py': 'def lambda_handler(event, context):\n    return 1\n' });
  const { error } = failureOf(await invoke(bundle, 'stack.my_handler.lambda_handler', {}));
  assert.is(error.errorType, 'Runtime.ImportModuleError');
  assert.is(error.errorMessage, "Unable to import module 'stack.my_handler': No module named 'stack'");
});

test("a bundle cannot import the host's site-packages", async () => {
  const bundle = bundleOf({ 'index.py': 'import pip\ndef lambda_handler(event, context):\n    return 1\n' });
  const { error } = failureOf(await invoke(bundle, 'index.lambda_handler', {}));
  assert.is(error.errorMessage, "Unable to import module 'index': No module named 'pip'");
});

test('the search path is the bundle, the standard library and the client', async () => {
  const bundle = bundleOf({
    'index.py':
      'import sys\ndef lambda_handler(event, context):\n    return [sys.path[0], [p for p in sys.path if "-packages" in p]]\n',
  });
  const environment = { PYTHONPATH: temporaryFolder() };
  const invocation = await invoke(bundle, 'index.lambda_handler', {}, { environment });
  assert.equal(invocation, { ok: true, payload: [bundle, []] });
});

test('a process that ends without an answer is a failure', async () => {
  const bundle = bundleOf({
    'index.py': 'import os\ndef lambda_handler(event, context):\n    os._exit(3)\n',
  });
  const { error } = failureOf(await invoke(bundle, 'index.lambda_handler', {}));
  assert.is(error.errorType, 'Runtime.ExitError');
  assert.is(error.errorMessage, 'Runtime exited with error: exit status 3');
});

test('a handler that takes too long is killed, with all that it started', async () => {
  const bundle = bundleOf({
    'index.py': `
import os, subprocess
def lambda_handler(event, context):
    print(os.getpid(), subprocess.Popen(['sleep', '60']).pid)
    while True:
        pass
`,
  });
  const { error, stdout } = failureOf(await invoke(bundle, 'index.lambda_handler', {}, { timeoutMs: 1500 }));
  assert.is(error.errorType, 'Sandbox.Timedout');
  assert.is(error.errorMessage, 'Task timed out after 1.50 seconds');
  const pids = stdout.trim().split(' ').map(Number);
  assert.is(pids.length, 2);
  // A killed process that nobody waits for stays in the table: only its state tells that it is dead.
  const states = spawnSync('ps', ['-o', 'stat=', '-p', pids.join(',')], { encoding: 'utf8' }).stdout;
  assert.not.match(states, /^[^Z\s]/m);
});

const minors = ['3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

for (const minor of minors.filter((candidate) => findPython(candidate) !== undefined)) {
  const python = findPython(minor);
  test(`the client runs on Python ${minor}`, async () => {
    const bundle = bundleOf({
      'index.py':
        'import os, sys\ndef lambda_handler(event, context):\n    return [list(sys.version_info[:2]), os.environ["AWS_EXECUTION_ENV"]]\n',
    });
    const invocation = await invoke(bundle, 'index.lambda_handler', {}, { python });
    const payload = [minor.split('.').map(Number), `AWS_Lambda_python${minor}`];
    assert.equal(invocation, { ok: true, payload });
  });
}

const works = (command: string, env: NodeJS.ProcessEnv): boolean =>
  spawnSync('bash', ['-c', command], { env }).status === 0;

for (const present of [true, false]) {
  test(`environmentWith ${present ? 'shows' : 'hides'} uv and pip, as commands and as modules`, () => {
    const env = environmentWith({ uv: present, pip: present });
    const shown = ['uv --version', 'pip --version', 'python3 -m pip --version'];
    assert.equal(
      shown.map((command) => works(command, env)),
      shown.map(() => present),
    );
    const always = ['node --version', 'python3 --version', 'sh -c :', 'ls'];
    assert.equal(
      always.filter((command) => !works(command, env)),
      [],
    );
    const never = ['docker --version', 'python3 -m uv --version'];
    assert.equal(
      never.filter((command) => works(command, env)),
      [],
    );
  });
}

test.run();
