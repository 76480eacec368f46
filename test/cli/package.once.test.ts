import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carriedPlan, carryPlan } from '../../src/exec/assembly/carry-plan';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { askTool } from '../../src/exec/machine/known-tools';
import { liveStore } from '../../src/exec/batch/live-store';
import { newName } from '../../src/exec/files/temporary';
import { planOf } from '../exec/support/plans';
import { folderOf } from '../exec/support/requests';
import { environmentWith, uv } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { commandOf } from './support/command';

const test = suite('cli: ten package commands at once');

const NAMES = Array.from({ length: 10 }, (_, index) => `f${index}`);

/** Ten functions of one set in an assembly, a store, and a uv that leaves a line for each install, and then does this. */
const scene = (script: string) => {
  const folder = temporaryFolder();
  const plans = NAMES.map((name): BundlePlan => {
    const sources = folderOf({
      'index.py': `def lambda_handler(event, context):\n    return "${name}"\n`,
      'requirements.txt': 'six==1.16.0\n',
    });
    const outputDirectory = path.join(folder, 'cdk.out');
    const plan = planOf(sources, { label: `Stack/${name}`, packaging: 'zip', outputDirectory });
    assert.equal(carryPlan({ plan, variables: [] }), { _tag: 'Right', right: undefined });
    return plan;
  });
  const tools = path.join(folder, 'tools');
  fs.mkdirSync(tools);
  const log = path.join(folder, 'installs');
  fs.writeFileSync(log, '');
  const lines = [
    '#!/bin/sh',
    `case "$*" in *--target*) ;; *) exec '${uv()}' "$@";; esac`,
    `echo "$$" >> '${log}'`,
    script,
    `exec '${uv()}' "$@"`,
  ];
  fs.writeFileSync(path.join(tools, 'uv'), `${lines.join('\n')}\n`, { mode: 0o755 });
  const environment = environmentWith({});
  const store = path.join(folder, 'store');
  const variables = {
    ...environment,
    PATH: `${tools}:${environment['PATH']}`,
    CDK_LAMBDA_PYTHON_CACHE: store,
    CDK_DOCKER: '/nonexistent/docker',
  };
  const places = { environment: variables, platform: process.platform };
  /** The key under which the processes look for the modules of a plan. */
  const keyOf = (plan: BundlePlan): string =>
    liveStore(places, { ask: askTool(places) }).keysOf(plan).modules ?? '';
  const start = (plan: BundlePlan) => {
    const [program = '', ...argv] = commandOf(['package', carriedPlan(plan)]);
    const child = spawn(program, argv, {
      cwd: folder,
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]).then(
      ([[code, signal], stdout, stderr]) => ({
        plan,
        code: code as unknown,
        signal: signal as unknown,
        stdout,
        stderr,
      }),
    );
    return { child, ended };
  };
  const installs = (): number => fs.readFileSync(log, 'utf8').split('\n').length - 1;
  const locks = path.join(store, 'v4/locks');
  return { plans, start, installs, locks, folder, keyOf };
};

type Scene = ReturnType<typeof scene>;
type Ended = Awaited<ReturnType<Scene['start']>['ended']>;

const checkMade = ({ plan, code, stdout, stderr }: Ended): void => {
  assert.is(code, 0, stderr);
  assert.is(stdout, `${plan.output.path}\n`);
  assert.ok(fs.existsSync(plan.output.path));
};

const nothingLeft = ({ locks }: Scene): void => {
  assert.equal(fs.existsSync(locks) ? fs.readdirSync(locks) : [], []);
};

const until = async (isSo: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 120_000; !isSo();) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** The process that holds the lock. */
const holder = ({ locks }: Scene): number => {
  const [key = ''] = fs.readdirSync(locks);
  return Number.parseInt(fs.readdirSync(path.join(locks, key))[0] ?? '', 10);
};

test('they install once, and each has its own bundle', async () => {
  const all = scene('sleep 8');
  const ended = await Promise.all(all.plans.map((plan) => all.start(plan).ended));
  ended.forEach(checkMade);
  assert.is(all.installs(), 1);
  assert.is(new Set(ended.map(({ plan }) => fs.readFileSync(plan.output.path).toString('latin1'))).size, 10);
  const said = ended.map(({ stderr }) => stderr).join('');
  assert.is(said.match(/installed by host/g)?.length, 1, said);
  assert.match(
    said,
    /waiting for process \d+ on \S+, which is installing the requirements of Stack\/f\d for/,
  );
  nothingLeft(all);
});

test('the one that installs is killed: one of the others takes over', async () => {
  const all = scene('[ $(wc -l < "$(dirname "$0")/../installs") -gt 1 ] || exec sleep 600');
  const started = all.plans.map((plan) => all.start(plan));
  await until(() => all.installs() === 1);
  const pid = holder(all);
  const uvPid = Number(fs.readFileSync(path.join(all.folder, 'installs'), 'utf8'));
  assert.ok(started.some(({ child }) => child.pid === pid));
  process.kill(pid, 'SIGKILL');
  // Its installer would go on.
  process.kill(uvPid, 'SIGKILL');
  const ended = await Promise.all(started.map((one) => one.ended));
  const killed = ended.filter(({ signal }) => signal === 'SIGKILL');
  assert.is(killed.length, 1);
  ended.filter(({ signal }) => signal === null).forEach(checkMade);
  assert.is(all.installs(), 2);
  nothingLeft(all);
});

test('the one that installs fails, or is told to end: the others make theirs', async () => {
  for (const signal of [undefined, 'SIGTERM'] as const) {
    const first = signal === undefined ? 'sleep 5; echo broken >&2; exit 3' : 'exec sleep 600';
    const all = scene(`[ $(wc -l < "$(dirname "$0")/../installs") -gt 1 ] || { ${first}; }`);
    const started = all.plans.slice(0, 3).map((plan) => all.start(plan));
    await until(() => all.installs() === 1);
    if (signal !== undefined) {
      // All that wait have begun to.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      process.kill(holder(all), signal);
    }
    const ended = await Promise.all(started.map((one) => one.ended));
    const failed = ended.filter(({ code }) => code !== 0);
    assert.is(failed.length, 1, ended.map(({ stderr }) => stderr).join('\n'));
    if (signal === undefined) assert.match(failed[0]?.stderr ?? '', 'broken');
    else assert.is(failed[0]?.signal, signal);
    ended.filter(({ code }) => code === 0).forEach(checkMade);
    nothingLeft(all);
  }
});

test('a lock that a dead process has left is in nobody’s way', async () => {
  const all = scene('true');
  const [plan] = all.plans;
  assert.ok(plan);
  const place = path.join(all.locks, all.keyOf(plan));
  fs.mkdirSync(place, { recursive: true });
  const dead = newName('host').replace(String(process.pid), String(spawnSync('true').pid));
  fs.writeFileSync(path.join(place, dead), '');
  if (plan !== undefined) checkMade(await all.start(plan).ended);
  assert.is(all.installs(), 1);
  nothingLeft(all);
});

test.run();
