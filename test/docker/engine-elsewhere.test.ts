import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileInContainer } from '../../src/exec/container/compile-in-container';
import { engineSight } from '../../src/exec/container/engine-sight';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../src/exec/batch/execution-report';
import { liveShell } from '../../src/exec/process/shell';
import type { CompileJob } from '../../src/exec/bytecode/source-bytecode';
import { compileJobs, storedBytecode } from '../../src/exec/bytecode/source-bytecode';
import { folderStore } from '../../src/exec/store/store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest, DockerRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import { faultEnvironment } from '../support/fault-case';
import type { MisbehavingIndex } from '../support/misbehaving-index';
import { misbehavingIndex } from '../support/misbehaving-index';
import { notedDocker } from '../support/noted-docker';
import type { OwnEngine } from '../support/own-engine';
import { engineSkipReason, ownEngine } from '../support/own-engine';
import { listTree, temporaryFolder } from '../support/temporary';
import { withErrorLines } from '../support/error-lines';

const IMAGE = 'public.ecr.aws/sam/build-python3.11:latest';

const test = suite('an engine that does not see the folders of this machine');

let engine: OwnEngine;
let index: MisbehavingIndex;

/** A folder of this machine that the engine has not. */
const hidden = temporaryFolder();

/** What a shell does for each folder that is to be mounted: the client of some engines makes it there. */
const making = (more: string): string =>
  `for argument; do case $argument in type=bind,source=${hidden}/*)
  place=\${argument#type=bind,source=}; place=\${place%%,*}
  PATH='${process.env['PATH'] ?? ''}' nsenter --mount=${engine.mounts()} sh -c 'mkdir -p "$0" && cd "$0" && ${more}' "$place";; esac; done`;

const COPYING = ['create', 'cp', 'cp', 'cp', 'start', 'run', 'cp', 'cp', 'rm', 'volume'];

const planFor = (docker: Partial<DockerRequest> = {}, changes: Partial<BundleRequest> = {}): BundlePlan =>
  planOf(
    folderOf({
      'index.py': HANDLER,
      'requirements.txt': `--index-url ${index.url}\ndemo-lib==1\n`,
    }),
    {
      executor: 'docker',
      bytecode: 'auto',
      docker: { environment: [], volumes: [], image: IMAGE, network: 'host', ...docker },
      ...changes,
    },
  );

/** A client whose engine is elsewhere. */
const client = (before: string) => {
  const tools = faultEnvironment({ uv: true, docker: true });
  const { searchPath, starts } = notedDocker(tools['PATH'], before);
  const cache = fs.mkdtempSync(path.join(hidden, 'store-'));
  return {
    environment: {
      ...tools,
      ...{ PATH: searchPath, CDK_LAMBDA_PYTHON_CACHE: cache, DOCKER_HOST: engine.host },
    },
    /** The commands it was given, without what looks for things of killed runs. */
    steps: (): readonly string[] =>
      starts()
        .filter((noted) => !/^(ps|volume ls) /.test(noted))
        .map((noted) => noted.split(' ', 1)[0] ?? ''),
  };
};

/** What came of plans with the engine elsewhere: how its client was started, and what was told. */
const there = async (plans: readonly BundlePlan[], before = '') => {
  const { environment, steps } = client(before);
  const { result, lines } = await withErrorLines(() => execute(plans, environment));
  assert.equal(engine.left(), [], 'containers and volumes');
  assert.equal(fs.readdirSync(folderStore(environment.CDK_LAMBDA_PYTHON_CACHE).temporaries), []);
  const told = lines.filter((text) => text.includes('does not see'));
  return { outcomes: result.map(({ outcome }) => outcome), steps: steps(), told };
};

const folderMade = (outcome: ExecutionReport['outcome'] | undefined): string => {
  if (outcome?._tag === 'Failed') throw new Error(showExecutionError(outcome.error));
  return outcome?._tag === 'Bundled' ? outcome.path : '';
};

const message = (outcome: ExecutionReport['outcome'] | undefined): string =>
  outcome?._tag === 'Failed' ? showExecutionError(outcome.error) : JSON.stringify(outcome);

/** The same bundle of an engine that sees this machine. */
const here = async (plan: BundlePlan) => {
  const output = { ...plan.output, path: `${plan.output.path}.here` };
  const tools = faultEnvironment({ uv: true, docker: true }, { DOCKER_HOST: process.env['DOCKER_HOST'] });
  const [report] = await execute([{ ...plan, output }], tools);
  return listTree(folderMade(report?.outcome));
};

const line = (): string =>
  `cdk-lambda-python: docker (DOCKER_HOST ${engine.host}) does not see the folders of this machine, so files are copied to it and back. Set \`bundling.bundlingFileAccess\` to BundlingFileAccess.VOLUME_COPY to copy them from the start.`;

test('folders that are not there: refused once, then copied', async () => {
  for (const plan of [planFor(), planFor({ user: '0:0' })]) {
    const { outcomes, steps, told } = await there([plan]);
    assert.equal(listTree(folderMade(outcomes[0])), await here(plan));
    assert.equal([steps, told], [['run', ...COPYING], [line()]]);
  }
});

for (const [name, more, asking] of [
  ['not there', undefined, []],
  ['empty', 'true', ['run']],
] as const) {
  test(`byte code of a handler, where folders are ${name}`, async () => {
    const { environment, steps } = client(more === undefined ? '' : making(more));
    const store = folderStore(environment.CDK_LAMBDA_PYTHON_CACHE);
    const plan = planFor();
    const told: string[] = [];
    const own = {
      program: 'docker',
      user: '0:0',
      environment,
      sight: engineSight((text) => told.push(text)),
    };
    const compile = (jobs: readonly CompileJob[]): Promise<void> =>
      compileInContainer(store, liveShell(environment), own, plan, IMAGE, jobs);
    const jobs = compileJobs(plan);
    await compile(jobs);
    // Two folders go there, and one comes back.
    const copying = ['create', 'cp', 'cp', 'start', 'run', 'cp', 'rm', 'volume'];
    assert.equal(steps(), ['run', ...asking, ...copying]);
    assert.equal(
      jobs.map((job) => (storedBytecode(store, job)?.length ?? 0) > 0),
      [true],
    );
    await compile(jobs);
    assert.equal([steps(), told.length, engine.left()], [copying, 1, []]);
  });
}

test('sets that follow are copied at once, and it is told once', async () => {
  const plans = ['demo-lib==1\n', 'demo-lib\n'].map((requirement) =>
    planOf(
      folderOf({ 'index.py': HANDLER, 'requirements.txt': `--index-url ${index.url}\n${requirement}` }),
      { executor: 'docker', docker: { environment: [], volumes: [], image: IMAGE, network: 'host' } },
    ),
  );
  const made = await there(plans);
  for (const outcome of made.outcomes)
    assert.ok(fs.existsSync(path.join(folderMade(outcome), 'demo_lib.py')));
  assert.equal(made.told, [line()]);
});

for (const [name, more] of Object.entries({
  'are empty': 'true',
  'hold something else': `case $0 in */tools) echo "print(1)" > install.py; echo "cdk-lambda-python canary 0" > canary;; esac`,
})) {
  test(`folders that ${name}: asked once, then copied`, async () => {
    const plan = planFor();
    const { outcomes, steps, told } = await there([plan], making(more));
    assert.equal(listTree(folderMade(outcomes[0])), await here(plan));
    assert.equal([steps, told], [['run', 'run', ...COPYING], [line()]]);
  });

  test(`folders that ${name}: hooks, and a command of the user's`, async () => {
    const hooks = { before: ['echo 1 > one.txt'], after: ['cat one.txt > two.txt'] };
    const command = ['sh', '-c', 'cp -r . /asset-output && rm /asset-output/requirements.txt'];
    for (const plan of [planFor({}, { hooks }), planFor({ command })]) {
      const { outcomes, steps, told } = await there([plan], making(more));
      assert.equal(listTree(folderMade(outcomes[0])), await here(plan));
      assert.equal(told, [line()]);
      assert.equal(steps.slice(0, 3), ['run', 'run', 'create']);
    }
  });
}

test('volumes of the user are not copied', async () => {
  const volumes = [{ hostPath: path.join(hidden, 'wheels'), containerPath: '/wheels', readOnly: false }];
  const { outcomes, told, steps } = await there([planFor({ volumes })]);
  assert.match(
    message(outcomes[0]),
    `docker (DOCKER_HOST ${engine.host}) does not see the folders of this machine: /asset-tools/canary, of ${hidden}/`,
  );
  assert.match(message(outcomes[0]), `but not \`bundling.volumes\`: ${hidden}/wheels. Three ways out: `);
  assert.equal([told, steps], [[], ['run']]);
  const copied = await there([planFor({ volumes, fileAccess: 'copy' })]);
  assert.match(
    message(copied.outcomes[0]),
    `docker (DOCKER_HOST ${engine.host}) has no ${hidden}/wheels, which \`bundling.volumes\` names.`,
  );
});

test('a command that fails by itself is not run again where it was copied to', async () => {
  const { outcomes, steps } = await there([planFor({ command: ['sh', '-c', 'exit 3'] })]);
  assert.match(message(outcomes[0]), /^`bundling\.command` ended with exit code 3\./);
  assert.is(steps.filter((step) => step === 'run').length, 2);
});

test.before(async () => {
  engine = await ownEngine(IMAGE, { hides: hidden });
  index = await misbehavingIndex();
});

test.after(async () => {
  index.close();
  await engine.remove();
});

const why = dockerSkipReason(IMAGE) ?? engineSkipReason();
if (why === undefined) test.run();
else console.log(`SKIPPED: ${why}`);
