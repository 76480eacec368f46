import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeBatch } from '../../../src/exec/batch/batch-request';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { ExecutionReport } from '../../../src/exec/batch/execution-report';
import { runInChild } from '../../../src/exec/batch/run-in-child';
import { liveStore } from '../../../src/exec/batch/live-store';
import { folderStore } from '../../../src/exec/store/store';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { environmentWith } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import { namesOf, planOf, planWith } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';

const test = suite('the runner');

const store = temporaryFolder();
const own = { ...process.env };

/** The runner takes the environment of the process that starts it. */
const useEnvironment = (changes: NodeJS.ProcessEnv): void => {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, own, environmentWith({ uv: true }), { CDK_LAMBDA_PYTHON_CACHE: store }, changes);
};

test.before.each(() => useEnvironment({}));
test.after(() => {
  for (const name of Object.keys(process.env)) if (!(name in own)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, own);
});

/** Runs a script at the start of each child that is the runner. */
const inRunner = (script: string): void => {
  const file = path.join(temporaryFolder(), 'preload.cjs');
  fs.writeFileSync(file, `if (/runner\\.[jt]s$/.test(process.argv[1] ?? '')) { ${script} }`);
  useEnvironment({ NODE_OPTIONS: `--require ${file}` });
};

const run = (plans: readonly BundlePlan[]): readonly ExecutionReport[] =>
  runInChild(plans.map((plan) => ({ plan, environment: {} })));

/** More than is made in the process that asks. */
const LARGE = ' '.repeat(17 * 1024 * 1024);

const plain = (text = ''): BundlePlan =>
  planOf(folderOf({ 'index.py': HANDLER, 'data.txt': text, 'large.txt': LARGE }));

const outcomes = (reports: readonly ExecutionReport[]): readonly string[] =>
  reports.map(({ outcome }) => outcome._tag);

const messages = (reports: readonly ExecutionReport[]): readonly string[] =>
  reports.map(({ outcome }) =>
    outcome._tag === 'Failed' ? showExecutionError(outcome.error) : outcome._tag,
  );

test('bundles are made before it returns, and reported in the order of the plans', () => {
  const plans = [plain('1'), planWith('six==1.16.0\n'), planWith('six==99\n'), plain('2')];
  const reports = run(plans);
  assert.equal(outcomes(reports), ['Bundled', 'Bundled', 'Failed', 'Bundled']);
  assert.equal(
    reports.map(({ asset }) => asset),
    plans.map(({ hash }) => hash.asset),
  );
  assert.ok(fs.existsSync(path.join(plans[1]?.output.path ?? '', 'six.py')));
});

test('where all is there nothing is started', () => {
  const plans = [plain('a'), plain('b')];
  run(plans);
  inRunner('process.kill(process.pid, "SIGKILL")');
  assert.equal(
    run(plans),
    plans.map(({ hash, label, output }) => ({
      asset: hash.asset,
      label,
      outcome: { _tag: 'Present', path: output.path },
    })),
  );
});

test('what is there and what is made keep their order', () => {
  const plans = [plain('x'), plain('y'), plain('z')];
  run(plans.slice(1, 2));
  assert.equal(outcomes(run(plans)), ['Bundled', 'Present', 'Bundled']);
});

test('an empty folder of the name is never taken for a bundle', () => {
  const plan = plain('empty');
  fs.mkdirSync(plan.output.path, { recursive: true });
  assert.equal(outcomes(run([plan])), ['Bundled']);
  assert.equal(fs.readdirSync(plan.output.path), ['data.txt', 'index.py', 'large.txt']);
});

test('one plan in two places is made in both', () => {
  const first = plain('twice');
  const second = {
    ...first,
    output: { ...first.output, path: path.join(temporaryFolder(), path.basename(first.output.path)) },
  };
  const reports = run([first, second]);
  assert.equal(
    reports.map(({ outcome }) => outcome._tag === 'Bundled' && outcome.path),
    [first.output.path, second.output.path],
  );
});

const ENDED = 'before it reported on this one.';

test('a runner that is killed, exits, or says what is no report', () => {
  inRunner('process.kill(process.pid, "SIGKILL")');
  const killed = `The process that makes the bundles ended with signal SIGKILL ${ENDED}`;
  assert.equal(messages(run([plain('3'), plain('4')])), [killed, killed]);
  inRunner('process.exit(7)');
  assert.equal(messages(run([plain('5')])), [
    `The process that makes the bundles ended with exit code 7 ${ENDED}`,
  ]);
  inRunner('console.log("[]\\n{\\"asset\\":1}\\nnonsense {\\n\\n"); process.exit(0)');
  assert.equal(messages(run([plain('6')])), [
    `The process that makes the bundles ended with exit code 0 ${ENDED}`,
  ]);
});

test('what else is printed to standard output does not drown the reports', () => {
  inRunner('console.log("a debugger says hello\\n{}")');
  assert.equal(outcomes(run([plain('7')])), ['Bundled']);
});

test('a runner that ends in the middle: what it has reported counts', () => {
  inRunner(
    'const write = process.stdout.write.bind(process.stdout); process.stdout.write = (text) => { write(text, () => process.kill(process.pid, "SIGKILL")); return true; };',
  );
  const reports = run([plain('8'), planWith('idna==3.6\n', {}, { 'data.txt': 'slow' })]);
  assert.equal(outcomes(reports), ['Bundled', 'Failed']);
  assert.match(messages(reports)[1] ?? '', /signal SIGKILL/);
});

test('a runner that cannot be started', () => {
  const { execPath } = process;
  process.execPath = '/no/such/node';
  try {
    assert.equal(messages(run([plain('9')])), [
      `The process that makes the bundles ended with a failed start ${ENDED}\nIts last lines:\n  | spawnSync /no/such/node ENOENT`,
    ]);
  } finally {
    process.execPath = execPath;
  }
});

/** Starts the runner itself. */
const startRunner = (input: string, environment: NodeJS.ProcessEnv) => {
  const argv = ['--require', require.resolve('tsx/cjs'), require.resolve('../../../src/exec/runner')];
  const child = spawn(process.execPath, argv, { env: environment });
  child.stdin.end(input);
  const streams = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, 'exit').then(async ([code]) => {
    const [stdout, stderr] = await streams;
    return { code: code as number | null, stdout, stderr };
  });
  return { child, ended };
};

const batchOf = (...plans: readonly BundlePlan[]): string =>
  encodeBatch(plans.map((plan) => ({ plan, environment: {} })));

test('what is no batch, or a plan that was tampered with, is refused before anything runs', async () => {
  const plan = plain('tampered');
  const tampered = { ...plan, handler: 'two words', extra: 1 };
  const answers = await Promise.all(
    ['nonsense', '{}', batchOf(plan, tampered as BundlePlan)].map(
      (input) => startRunner(input, process.env).ended,
    ),
  );
  assert.equal(
    answers.map(({ code, stdout }) => [code, stdout]),
    Array(3).fill([2, '']),
  );
  assert.equal(
    answers.slice(0, 2).map(({ stderr }) => stderr),
    Array(2).fill('cdk-lambda-python: not a batch of plans\n'),
  );
  assert.match(answers[2]?.stderr ?? '', /\/handler: /);
  assert.match(answers[2]?.stderr ?? '', /\/extra: /);
  assert.not(fs.existsSync(path.dirname(plan.output.path)));
});

test('several processes on one cold store and one output: all succeed, one entry, nothing left', async () => {
  const cold = temporaryFolder();
  const environment = { ...process.env, CDK_LAMBDA_PYTHON_CACHE: cold };
  const shared = planWith('idna==3.6\nsix==1.16.0\n');
  const others = [1, 2].map((n) => planWith('idna==3.6\nsix==1.16.0\n', {}, { 'data.txt': `${n}` }));
  const batches = [
    batchOf(shared),
    batchOf(shared, ...others.slice(0, 1)),
    batchOf(shared),
    batchOf(...others),
  ];
  const answers = await Promise.all(batches.map((batch) => startRunner(batch, environment).ended));
  const made = answers.flatMap(({ code, stdout }) => {
    assert.is(code, 0);
    return stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as ExecutionReport).outcome._tag);
  });
  assert.equal(made, Array(6).fill('Bundled'));
  const entries = fs.readdirSync(path.join(folderStore(cold).folder, 'modules'));
  const { modules } = liveStore({ environment, platform: process.platform }).keysOf(shared);
  assert.equal(entries, [modules]);
  assert.equal(fs.readdirSync(folderStore(cold).temporaries), []);
  for (const plan of [shared, ...others]) {
    const parent = path.dirname(plan.output.path);
    assert.equal(fs.readdirSync(parent), namesOf(plan));
    assert.ok(fs.existsSync(path.join(plan.output.path, 'six.py')));
  }
});

test('what a run that was killed has left is gone after the next', async () => {
  const folder = temporaryFolder();
  const pid = path.join(folder, 'pid');
  writeTree(folder, {
    'bin/uv': `#!/bin/sh\n[ "$1" = --version ] && echo uv 1.0.0 && exit\necho half > "$4/half.py"\necho $$ > '${pid}'\nexec sleep 60\n`,
  });
  fs.chmodSync(path.join(folder, 'bin/uv'), 0o755);
  const cache = path.join(folder, 'cache');
  const plan = planWith('six==1.16.0\n');
  const hanging = {
    ...process.env,
    PATH: `${folder}/bin:${environmentWith({})['PATH']}`,
    CDK_LAMBDA_PYTHON_CACHE: cache,
  };
  const { child, ended } = startRunner(batchOf(plan), hanging);
  while (!fs.existsSync(pid) || fs.readFileSync(pid, 'utf8') === '') {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  process.kill(Number(fs.readFileSync(pid, 'utf8')), 'SIGKILL');
  await ended;
  const { temporaries } = folderStore(cache);
  const left = fs.readdirSync(temporaries);
  assert.is(left.length, 1);
  const work = path.join(path.dirname(plan.output.path), '.cdk-lambda-python');
  fs.mkdirSync(path.join(work, left[0] ?? '', 'bundle'), { recursive: true });
  assert.not(fs.existsSync(plan.output.path));

  useEnvironment({ CDK_LAMBDA_PYTHON_CACHE: cache });
  assert.equal(outcomes(run([plan])), ['Bundled']);
  assert.equal(fs.readdirSync(temporaries), []);
  assert.equal(fs.readdirSync(path.dirname(plan.output.path)), namesOf(plan));
  assert.not(listTree(plan.output.path).some((file) => file.path.endsWith('half.py')));
});

test('two functions that hold the same, each beside a layer of its own, are reported on apart', () => {
  const entry = { 'index.py': `${HANDLER}# beside a layer\n` };
  const beside = (label: string, requirements: string, maximumSize?: number): BundlePlan => {
    const plan = planOf(folderOf({ ...entry, 'requirements.txt': requirements }), {
      label,
      packaging: 'zip',
      dependenciesIn: 'layer',
      outputDirectory: folder,
    });
    return { ...plan, output: { ...plan.output, ...(maximumSize === undefined ? {} : { maximumSize }) } };
  };
  const folder = temporaryFolder();
  const layer = planWith('idna==3.10\n', { packaging: 'zip' }, { 'as.txt': 'a layer' });
  const plans = [layer, beside('Fits', 'idna==3.10\n'), beside('Large', 'six==1.17.0\n', 10)];
  assert.is(plans[1]?.hash.asset, plans[2]?.hash.asset);
  assert.equal(outcomes(run(plans)), ['Bundled', 'Bundled', 'Failed']);
});

test.run();
