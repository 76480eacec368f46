import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { EngineSight } from '../../../src/exec/container/engine-sight';
import { engineSight } from '../../../src/exec/container/engine-sight';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { ContainerRun } from '../../../src/exec/process/run-container';
import { runWhereSeen } from '../../../src/exec/container/run-where-seen';
import { LEAST_PRIVILEGES } from '../../../src/plan/install/container-privileges';
import { CONTAINER_FOLDERS } from '../../../src/plan/install/docker-argv';
import { temporaryFolder } from '../../support/temporary';
import type { Answer } from '../support/recording-shell';
import { recordingShell } from '../support/recording-shell';
import { runFolders } from '../support/requests';

const test = suite('a run where its folders are seen');

const folders = ['input', 'output', 'bytecode', 'tools', 'cache'] as const;

const newRun = (volumes: readonly string[] = [], fileAccess: 'bind' | 'copy' = 'bind'): ContainerRun => {
  const places = runFolders(temporaryFolder());
  for (const place of Object.values(places)) fs.mkdirSync(place);
  return {
    program: 'docker',
    docker: {
      image: 'i',
      platform: 'linux/amd64',
      user: null,
      network: null,
      ...LEAST_PRIVILEGES,
      volumesFrom: [],
      fileAccess,
      mounts: [
        ...folders.map((source) => ({ source, target: CONTAINER_FOLDERS[source], readOnly: false })),
        ...volumes.map((source) => ({ source, target: source, readOnly: false })),
      ],
      environment: [],
      workingDirectory: '/asset-input',
      entrypoint: null,
      command: ['make'],
    },
    folders: places,
    user: '1:1',
    environment: {},
  };
};

/** How a scripted engine answers: the run with mounted folders, the question what is there, a run on copies. */
interface Script {
  readonly mounted?: (run: ContainerRun) => Answer;
  readonly asked?: (run: ContainerRun) => Answer;
  readonly copied?: Answer;
  readonly context?: Answer;
}

const COPIES = ['create', 'cp', 'cp', 'cp', 'start', 'copied', 'cp', 'cp', 'rm', 'volume'];

const ended = async (
  script: Script,
  {
    run = newRun(),
    sight = engineSight(),
    environment = { DOCKER_HOST: 'tcp://me:pass@far:2376' },
  }: { run?: ContainerRun; sight?: EngineSight; environment?: NodeJS.ProcessEnv } = {},
) => {
  const kind = (argv: readonly string[]): string =>
    argv[1] !== 'run'
      ? (argv[1] ?? '')
      : argv.includes('/asset-tools/canary')
        ? 'asked'
        : argv.some((argument) => argument.startsWith('type=volume'))
          ? 'copied'
          : 'mounted';
  const { shell, commands } = recordingShell(({ argv }) => {
    const step = kind(argv);
    if (step === 'mounted' || step === 'asked') return script[step]?.(run) ?? {};
    return step === 'copied' || step === 'context' ? (script[step] ?? {}) : {};
  });
  const result = await runWhereSeen(shell, run, { sight, environment });
  for (const name of [path.join(run.folders.tools, 'canary'), path.join(run.folders.bytecode, '.canary')]) {
    assert.not.ok(fs.existsSync(name), 'nothing is left of a canary');
  }
  return {
    steps: commands.map(({ argv }) => kind(argv)),
    isSeeing: sight.isSeeing(),
    exitCode: E.isRight(result) ? result.right.exitCode : undefined,
    said: E.isLeft(result) ? showExecutionError(result.left) : '',
  };
};

const canaryOf = ({ folders: { tools } }: ContainerRun): string =>
  fs.readFileSync(path.join(tools, 'canary'), 'utf8');

const noSuchFile: Answer = { exitCode: 1, output: 'cat: /asset-tools/canary: No such file or directory\n' };

const REFUSALS: Readonly<Record<string, (place: string) => Answer>> = {
  docker: (place) => ({
    exitCode: 125,
    output: `docker: Error response from daemon: invalid mount config for type "bind": bind source path does not exist: ${place}.\nSee 'docker run --help'.`,
  }),
  podman: (place) => ({ exitCode: 125, output: `Error: statfs ${place}: no such file or directory\n` }),
  'docker desktop': (place) => ({
    exitCode: 125,
    output: `docker: Error response from daemon: Mounts denied: \nThe path ${place} is not shared from the host and is not known to Docker.`,
  }),
  nerdctl: (place) => ({
    exitCode: 1,
    output: `level=fatal msg="failed to stat \\"${place}\\": stat ${place}: no such file or directory"`,
  }),
};

for (const [engine, refusal] of Object.entries(REFUSALS)) {
  test(`${engine} refuses a folder: the run is made on copies`, async () => {
    for (const folder of folders) {
      const { steps, isSeeing, exitCode } = await ended({ mounted: (run) => refusal(run.folders[folder]) });
      assert.equal([steps, isSeeing, exitCode], [['mounted', ...COPIES], false, 0], folder);
    }
  });
}

test('a refused netrc file is as good as a refused folder', async () => {
  const netrc = path.join(temporaryFolder(), '.netrc');
  fs.writeFileSync(netrc, '');
  const run = { ...newRun(), netrc };
  const { steps } = await ended({ mounted: () => REFUSALS['docker']?.(netrc) ?? {} }, { run });
  assert.equal(steps.slice(0, 2), ['mounted', 'create']);
});

test('what was taken away here, or is no folder of the run, is no reason to copy', async () => {
  const refused = await ended({
    mounted: (run) => {
      fs.rmSync(run.folders.input, { recursive: true });
      return REFUSALS['docker']?.(run.folders.input) ?? {};
    },
  });
  assert.equal([refused.steps, refused.exitCode], [['mounted', 'asked'], 125]);
  const longer = await ended({ mounted: (run) => REFUSALS['docker']?.(`${run.folders.input}-2`) ?? {} });
  assert.equal(longer.steps, ['mounted', 'asked']);
});

test('what comes back tells without a second container: the canary, or anything else', async () => {
  const back = await ended({
    mounted: (run) => {
      fs.writeFileSync(path.join(run.folders.bytecode, '.canary'), canaryOf(run));
      return { exitCode: 1 };
    },
  });
  assert.equal([back.steps, back.isSeeing, back.exitCode], [['mounted'], true, 1]);
  for (const folder of ['output', 'bytecode'] as const) {
    const made = await ended({
      mounted: (run) => {
        fs.writeFileSync(path.join(run.folders[folder], 'x'), '');
        return {};
      },
    });
    assert.equal([made.steps, made.isSeeing], [['mounted'], true], folder);
  }
});

test('where nothing came back, a second container is asked, once', async () => {
  const sight = engineSight();
  const seen = {
    mounted: () => ({ exitCode: 3 }),
    asked: (run: ContainerRun) => ({ stdout: canaryOf(run) }),
  };
  const first = await ended(seen, { sight });
  assert.equal([first.steps, first.isSeeing, first.exitCode], [['mounted', 'asked'], true, 3]);
  assert.equal((await ended(seen, { sight })).steps, ['mounted']);
});

test('another canary, or none, is another folder; what else is said is nothing to go by', async () => {
  const other = { stdout: `cdk-lambda-python canary ${'0'.repeat(32)}\n` };
  for (const answer of [other, noSuchFile]) {
    const { steps, isSeeing } = await ended({ asked: () => answer });
    assert.equal([steps, isSeeing], [['mounted', 'asked', ...COPIES], false]);
  }
  const planted = await ended({
    mounted: (run) => {
      fs.writeFileSync(path.join(run.folders.bytecode, '.canary'), other.stdout);
      return {};
    },
    asked: () => other,
  });
  assert.equal(planted.steps, ['mounted', 'asked', ...COPIES]);
  for (const answer of [
    { stdout: '28.2.2\n' },
    { exitCode: 127, output: 'exec: "cat": executable file not found: no such file or directory' },
    { exitCode: 1, output: 'cat: /asset-tools/canary: Permission denied' },
  ]) {
    const { steps, isSeeing } = await ended({ asked: () => answer });
    assert.equal([steps, isSeeing], [['mounted', 'asked'], undefined]);
  }
});

test('an engine that failed, and a run that was ended, are not asked', async () => {
  for (const answer of [
    { exitCode: 1, output: 'Cannot connect to the Docker daemon at tcp://far:2376.' },
    { exitCode: 125, output: 'docker: manifest unknown' },
    { exitCode: 137 },
    { exitCode: null, signal: 'SIGINT' },
  ]) {
    assert.not.ok((await ended({ mounted: () => answer })).steps.includes('asked'));
  }
});

test('it is remembered, and told once', async () => {
  const told: string[] = [];
  const sight = engineSight((line) => told.push(line));
  const script: Script = { asked: () => noSuchFile };
  await ended(script, { sight });
  assert.equal((await ended(script, { sight })).steps, COPIES);
  assert.equal(told, [
    'docker (DOCKER_HOST tcp://far:2376) does not see the folders of this machine, so files are copied to it and back. Set `bundling.bundlingFileAccess` to BundlingFileAccess.VOLUME_COPY to copy them from the start.',
  ]);
});

test('what fails on copies is what it was', async () => {
  const { exitCode, said } = await ended({ asked: () => noSuchFile, copied: { exitCode: 4 } });
  assert.equal([exitCode, said], [4, '']);
});

test('volumes of the user are not copied, whatever was noticed first', async () => {
  const sight = engineSight();
  for (const steps of [['mounted', 'asked'], []]) {
    const run = newRun(['/srv/wheels', '/srv/more']);
    const made = await ended({ asked: () => noSuchFile }, { run, sight });
    assert.equal(made.steps, steps);
    assert.is(
      made.said,
      `docker (DOCKER_HOST tcp://far:2376) does not see the folders of this machine: /asset-tools/canary, of ${run.folders.tools} does not exist there, or is another file. Files are copied to such an engine, but not \`bundling.volumes\`: /srv/wheels, /srv/more. Three ways out: (1) put them at the same paths on the engine's machine, and set \`bundling.bundlingFileAccess\` to BundlingFileAccess.VOLUME_COPY, which declares that volumes are folders of that machine; (2) leave the volumes out; (3) name an engine on this machine with DOCKER_HOST or CDK_DOCKER.`,
    );
  }
});

test('a volume that the engine has not is named, with files mounted or copied', async () => {
  const refusal = REFUSALS['docker']?.('/srv/wheels') ?? {};
  for (const fileAccess of ['bind', 'copy'] as const) {
    const { said } = await ended(
      { mounted: () => refusal, copied: refusal },
      {
        run: newRun(['/srv', '/srv/wheels'], fileAccess),
        environment: { DOCKER_CONTEXT: 'builder' },
      },
    );
    assert.match(
      said,
      "docker (DOCKER_CONTEXT builder) has no /srv/wheels, which `bundling.volumes` names. Volumes are folders of the engine's machine: create it there, correct its `hostPath`, or leave it out.\nIts last lines:\n",
    );
  }
  const own = { exitCode: 1, output: 'ls: /srv/wheels: No such file or directory' };
  const { exitCode } = await ended({ mounted: () => own }, { run: newRun(['/srv/wheels']) });
  assert.is(exitCode, 1, 'what a command says of its own path');
});

test('an engine is named by its context where no variable names it', async () => {
  const named = async (context: Answer): Promise<string> => {
    const run = newRun(['/srv']);
    return (
      (await ended({ asked: () => noSuchFile, context }, { run, environment: {} })).said.split(' does')[0] ??
      ''
    );
  };
  assert.is(await named({ stdout: 'colima\n' }), 'docker (context colima)');
  assert.is(await named({ exitCode: 125, output: 'unknown command' }), 'docker');
});

test.run();
