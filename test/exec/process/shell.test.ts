import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ending, liveShell } from '../../../src/exec/process/shell';
import { temporaryFolder } from '../../support/temporary';

const test = suite('shell');

const shell = liveShell(process.env);

test('arguments arrive as they are: nothing is a shell string', async () => {
  const folder = temporaryFolder();
  const awkward = [
    'a b',
    '$(touch pwned)',
    '`touch pwned`',
    "it's",
    '"',
    '',
    '-x',
    'é ✓',
    '*',
    'a\nb',
    '\\',
    '~',
  ];
  const script = 'process.stdout.write(JSON.stringify(process.argv.slice(2)))';
  fs.writeFileSync(path.join(folder, "pr'int $x.cjs"), script);
  const { stdout } = await shell({ argv: [process.execPath, "pr'int $x.cjs", ...awkward], cwd: folder })();
  assert.equal(JSON.parse(stdout), awkward);
  assert.equal(fs.readdirSync(folder), ["pr'int $x.cjs"]);
});

test('of output without end the last 16 MB are kept', async () => {
  const script = 'head -c 40000000 /dev/zero | tr "\\0" x; echo the end';
  const { stdout, output } = await shell({ argv: ['sh', '-c', script] })();
  for (const kept of [stdout, output]) {
    assert.ok(kept.length <= 16 * 1024 * 1024 && kept.length > 15 * 1024 * 1024, `${kept.length} bytes`);
    assert.ok(kept.endsWith('x\nthe end\n') || kept.endsWith('xthe end\n'));
  }
});

test('nothing runs before the task does', async () => {
  const folder = temporaryFolder();
  const task = shell({ argv: ['touch', path.join(folder, 'ran')] });
  assert.equal(fs.readdirSync(folder), []);
  await task();
  assert.equal(fs.readdirSync(folder), ['ran']);
});

test('a failing command is a result, with both streams in the order in which they came', async () => {
  const result = await shell({ argv: ['sh', '-c', 'echo one; echo two >&2; echo three; exit 3'] })();
  assert.is(result.exitCode, 3);
  assert.is(result.stdout, 'one\nthree\n');
  assert.equal(result.output.split('\n').sort(), ['', 'one', 'three', 'two']);
  assert.is(ending(result), 'exit code 3');
});

test('a command that is killed tells the signal', async () => {
  const result = await shell({ argv: ['sh', '-c', 'echo started; kill -KILL $$'] })();
  assert.is(result.exitCode, null);
  assert.is(result.output, 'started\n');
  assert.is(ending(result), 'signal SIGKILL');
  const inside = await shell({ argv: ['sh', '-c', "sh -c 'kill -KILL $$'; exit $?"] })();
  assert.is(ending(inside), 'exit code 137 (signal SIGKILL)', 'as docker tells of a container');
});

test('a signal ends a command with what it has started, also one that takes no notice of being asked', async () => {
  const signal = new AbortController();
  const stubborn = "trap '' TERM; echo $$; sleep 60 & echo $!; while true; do sleep 1; done";
  const command = shell({ argv: ['bash', '-c', stubborn], signal: signal.signal })();
  setTimeout(() => signal.abort(), 300);
  const { signal: by, stdout } = await command;
  assert.is(by, 'SIGKILL');
  const pids = stdout.trim().split('\n').map(Number);
  assert.is(pids.length, 2);
  // Gone, or ended and not yet asked how.
  const states = pids.map(
    (pid) => spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' }).stdout,
  );
  assert.ok(
    states.every((state) => state === '' || state.startsWith('Z')),
    states.join(),
  );
});

test('a command whose signal has come already is not begun', async () => {
  const result = await shell({ argv: ['echo', 'begun'], signal: AbortSignal.abort() })();
  assert.equal([result.exitCode, result.stdout], [null, '']);
});

test('a program that is not there has exit code 127', async () => {
  for (const program of ['no-such-program', '/no/such/program']) {
    const result = await shell({ argv: [program, '--version'] })();
    assert.is(result.exitCode, 127, program);
    assert.match(result.output, /not found|No such file/);
  }
});

test('a folder that is not there is a result too', async () => {
  const result = await shell({ argv: ['true'], cwd: '/no/such/folder' })();
  assert.is.not(result.exitCode, 0);
  assert.match(result.output, /ENOENT/);
});

test('the environment is the given one and nothing of this process', async () => {
  process.env['CDK_LAMBDA_PYTHON_TEST'] = 'leaked';
  const print = 'console.log(`${process.env.CDK_LAMBDA_PYTHON_TEST} ${process.env.OWN} ${process.env.MORE}`)';
  const own = liveShell({ PATH: process.env['PATH'], OWN: 'own', MORE: 'old' });
  const { stdout } = await own({ argv: [process.execPath, '-e', print], environment: { MORE: 'new' } })();
  delete process.env['CDK_LAMBDA_PYTHON_TEST'];
  assert.is(stdout, 'undefined own new\n');
});

test('a shell that no other shell has started reads no ~/.bashrc, and nothing waits for input', async () => {
  const home = temporaryFolder();
  fs.writeFileSync(path.join(home, '.bashrc'), 'export FROM_BASHRC=yes\n');
  const { PATH } = process.env;
  const clean = liveShell({ PATH, HOME: home });
  const script = 'echo "${FROM_BASHRC-no} $(wc -c)"';
  assert.match((await clean({ argv: ['sh', '-c', script] })()).stdout, /^no +0\n$/);
});

test('where there is no bash, any sh will do', () => {
  const folder = temporaryFolder();
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.symlinkSync('/bin/sh', path.join(folder, 'bin/sh'));
  const script = path.join(folder, 'script.cjs');
  const awkward = ["it's", 'a\tb\nc', '$(touch pwned)'];
  fs.writeFileSync(
    script,
    `const { liveShell } = require(${JSON.stringify(require.resolve('../../../src/exec/process/shell'))});
const argv = [process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', ...${JSON.stringify(awkward)}];
liveShell(process.env)({ argv })().then(({ output }) => process.stdout.write(output));`,
  );
  const argv = ['--require', require.resolve('tsx/cjs'), script];
  const { stdout, stderr } = spawnSync(process.execPath, argv, {
    env: { PATH: path.join(folder, 'bin') },
    encoding: 'utf8',
    cwd: folder,
  });
  assert.is(stderr, '');
  assert.equal(JSON.parse(stdout), awkward);
});

test('output is not cut off', async () => {
  const { stdout } = await shell({
    argv: [process.execPath, '-e', 'process.stdout.write("x".repeat(5e6))'],
  })();
  assert.is(stdout.length, 5e6);
});

test.run();
