import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runContainer } from '../../../src/exec/process/run-container';
import type { ContainerRun } from '../../../src/exec/process/run-container';
import { LEAST_PRIVILEGES } from '../../../src/plan/install/container-privileges';
import { CONTAINER_FOLDERS } from '../../../src/plan/install/docker-argv';
import type { Answer } from '../support/recording-shell';
import { recordingShell } from '../support/recording-shell';
import { runFolders } from '../support/requests';

const test = suite('a run of a container');

const runOf = (fileAccess: 'bind' | 'copy'): ContainerRun => ({
  program: 'docker',
  docker: {
    image: 'i',
    platform: 'linux/amd64',
    user: null,
    network: 'none',
    ...LEAST_PRIVILEGES,
    volumesFrom: [],
    fileAccess,
    mounts: [
      { source: 'input', target: CONTAINER_FOLDERS.input, readOnly: false },
      { source: 'output', target: CONTAINER_FOLDERS.output, readOnly: false },
    ],
    environment: ['TOKEN'],
    workingDirectory: '/asset-input',
    entrypoint: null,
    command: ['python'],
  },
  folders: runFolders('/t'),
  user: '1:1',
  netrc: '/home/me/.netrc',
  environment: { TOKEN: 's3cr3t' },
});

const run = async (fileAccess: 'bind' | 'copy', answer: (step: string) => Answer = () => ({})) => {
  const { shell, commands } = recordingShell(({ argv }) => answer(argv[1] ?? ''));
  const result = await runContainer(shell, runOf(fileAccess));
  return { result, commands, steps: commands.map(({ argv }) => argv[1]) };
};

const listeners = (): readonly number[] => [
  process.listenerCount('SIGINT'),
  process.listenerCount('SIGTERM'),
];

test('with mounted folders it is one command', async () => {
  const { result, commands } = await run('bind');
  assert.is(commands.length, 1);
  assert.ok(commands[0]?.argv.includes('type=bind,source=/home/me/.netrc,target=/asset-netrc,readonly'));
  assert.ok(commands[0]?.argv.includes('NETRC=/asset-netrc'));
  assert.is(result.isOfEngine, false);
});

const REMOVAL = ['rm', 'volume'];

test('with copies: in, run, out, and away', async () => {
  const { steps, commands, result } = await run('copy');
  assert.equal(steps, ['create', 'cp', 'cp', 'start', 'run', 'cp', ...REMOVAL]);
  assert.is(result.isOfEngine, false);
  assert.ok(
    commands.every(
      ({ argv, environment }) => environment?.['TOKEN'] === 's3cr3t' && !argv.includes('s3cr3t'),
    ),
  );
});

test('no two runs have a name in common', async () => {
  const [first, second] = [await run('copy'), await run('copy')];
  const nameOf = ({ commands }: typeof first) => commands[0]?.argv[3];
  assert.match(nameOf(first) ?? '', /^cdk-lambda-python-\d+-[0-9a-f]{8}-[0-9a-f]{24}-files$/);
  assert.is.not(nameOf(first), nameOf(second));
});

test('the step that fails is the last before all is removed', async () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    create: ['create'],
    cp: ['create', 'cp'],
    start: ['create', 'cp', 'cp', 'start'],
    run: ['create', 'cp', 'cp', 'start', 'run'],
  };
  for (const [failing, steps] of Object.entries(expected)) {
    const ended = await run('copy', (step) => (step === failing ? { exitCode: 4, output: failing } : {}));
    assert.equal(ended.steps, [...steps, ...REMOVAL]);
    assert.is(ended.result.exitCode, 4);
    assert.is(ended.result.isOfEngine, failing !== 'run');
  }
});

test('files that cannot be fetched are a failure', async () => {
  let copies = 0;
  const { result, steps } = await run('copy', (step) =>
    step === 'cp' && ++copies === 3 ? { exitCode: 1 } : {},
  );
  assert.equal(steps.slice(-3), ['cp', ...REMOVAL]);
  assert.equal([result.exitCode, result.isOfEngine], [1, true]);
});

test('a fault in between removes all as well', async () => {
  const before = listeners();
  const steps: string[] = [];
  try {
    await runContainer(
      ({ argv }) =>
        () => {
          steps.push(argv[1] ?? '');
          return argv[1] === 'run'
            ? Promise.reject(new Error('a fault'))
            : Promise.resolve({ exitCode: 0, signal: null, stdout: '', output: '' });
        },
      runOf('copy'),
    );
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'a fault');
  }
  assert.equal(steps.slice(-2), REMOVAL);
  assert.equal(listeners(), before);
});

test('a process that is told to end stops the run and removes all before it does', async () => {
  const kill = process.kill.bind(process);
  const killed: unknown[] = [];
  process.kill = (...signal: readonly unknown[]) => {
    killed.push(signal);
    return true;
  };
  try {
    const before = listeners();
    const steps: string[] = [];
    let endRun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (endRun = resolve));
    const result = await runContainer(
      ({ argv }) =>
        async () => {
          steps.push(argv.slice(1, 3).join(' '));
          if (argv[1] === 'run') {
            process.emit('SIGTERM', 'SIGTERM');
            await running;
            return { exitCode: 137, signal: null, stdout: '', output: '' };
          }
          if (argv[1] === 'rm') endRun();
          return { exitCode: 0, signal: null, stdout: '', output: '' };
        },
      runOf('copy'),
    );
    assert.is(result.exitCode, 137);
    assert.equal(steps.slice(-4), ['run --name', 'rm --force', 'rm --force', 'volume rm']);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(killed, [[process.pid, 'SIGTERM']]);
    assert.equal(listeners(), before);
  } finally {
    process.kill = kill;
  }
});

test('and begins no further step', async () => {
  const kill = process.kill.bind(process);
  process.kill = () => true;
  try {
    const { result, steps } = await run('copy', (step) => {
      if (step === 'create') process.emit('SIGINT', 'SIGINT');
      return {};
    });
    assert.not.ok(steps.includes('run') || steps.includes('cp'), steps.join(' '));
    assert.equal(steps.slice(-2), REMOVAL);
    assert.is(result.signal, 'SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 400));
  } finally {
    process.kill = kill;
  }
});

test('whoever tells it again a second later does not wait; what comes at once is the same request', async () => {
  const kill = process.kill.bind(process);
  const { now } = performance;
  const killed: unknown[] = [];
  process.kill = (_, signal) => {
    killed.push(signal);
    return true;
  };
  try {
    const during: unknown[] = [];
    await run('copy', (step) => {
      if (step === 'create') {
        process.emit('SIGINT', 'SIGINT');
        process.emit('SIGTERM', 'SIGTERM');
        during.push(killed.length);
        performance.now = () => now.call(performance) + 1000;
        process.emit('SIGINT', 'SIGINT');
        during.push(...killed);
      }
      return {};
    });
    assert.equal(during, [0, 'SIGINT']);
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(killed, ['SIGINT']);
  } finally {
    performance.now = now;
    process.kill = kill;
  }
});

test.run();
