import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBatch } from '../../../src/exec/batch/batch';
import type { ExecutionReport } from '../../../src/exec/batch/execution-report';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { Install, InstallTask } from '../../../src/exec/install/install';
import { inParallel } from '../../../src/exec/files/in-parallel';
import { folderStore } from '../../../src/exec/store/store';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { temporaryFolder } from '../../support/temporary';
import { namesOf, planOf, planWith } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';
import type { World } from '../../../src/exec/batch/world';

const test = suite('batch');

/** A world whose installer notes what it is asked for, and writes a module. */
const recordingWorld = (changes: Partial<World> = {}) => {
  const tasks: InstallTask[] = [];
  const notes: string[] = [];
  /** What is said of bundles, apart from installs: the two run side by side. */
  const bundles: string[] = [];
  const install: Install = async (task) => {
    tasks.push(task);
    const requirements = fs.readFileSync(path.join(task.folders.input, 'requirements.txt'), 'utf8');
    if (requirements.includes('bad')) {
      return E.left({
        _tag: 'InstallFailed',
        tool: 'fake 1',
        exit: 'exit code 1',
        output: requirements.trim(),
      });
    }
    if (requirements.includes('throws')) throw new TypeError('the installer has a fault');
    if (!requirements.includes('empty'))
      await fs.promises.writeFile(path.join(task.folders.output, 'module.py'), requirements);
    return E.right({ by: 'host', tool: 'fake 1', output: '' });
  };
  const world: World = {
    store: folderStore(temporaryFolder()),
    installers: { host: install, docker: install, buildkit: install, auto: install },
    places: { environment: {}, platform: 'linux' },
    compile: () => Promise.resolve(undefined),
    compileSources: () => Promise.resolve(),
    progress: {
      start: (id, title) => void (path.isAbsolute(id) ? bundles : notes).push(`start: ${title}`),
      end: (id, note) => void (path.isAbsolute(id) ? bundles : notes).push(`end: ${note ?? 'not a word'}`),
      close: () => void notes.push('close'),
    },
    now: () => 0,
    parallelism: 4,
    ...changes,
  };
  return { world, tasks, notes, bundles };
};

const run = (
  world: World,
  plans: readonly BundlePlan[],
  onReport?: (report: ExecutionReport) => void,
): Promise<readonly ExecutionReport[]> =>
  runBatch(
    world,
    plans.map((plan) => ({ plan, environment: {} })),
    onReport,
  );

const tags = (reports: readonly ExecutionReport[]): readonly string[] =>
  reports.map(({ outcome }) =>
    outcome._tag === 'Failed'
      ? outcome.error._tag
      : outcome._tag === 'Bundled'
        ? `${outcome._tag} ${outcome.dependencies}`
        : outcome._tag,
  );

test('each distinct set of dependencies is installed once', async () => {
  const { world, tasks } = recordingWorld();
  const functions = Array.from({ length: 5 }, (_, index) =>
    planWith('six\n', {}, { 'data.txt': `function ${index}` }),
  );
  const reports = await run(world, [...functions, planWith('idna\n')]);
  assert.is(tasks.length, 2);
  assert.equal(tags(reports), Array<string>(6).fill('Bundled host'));
  const inStore = await run(world, [planWith('six\n', {}, { 'data.txt': 'another' })]);
  assert.is(tasks.length, 2);
  assert.equal(tags(inStore), ['Bundled store']);
});

test('compiling that fails while something else is under way is told, and does not end the process', async () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  const denied = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES', path: '/store' }));
  const later = () => new Promise((resolve) => setTimeout(resolve, 20));
  process.on('unhandledRejection', onUnhandled);
  try {
    const { world } = recordingWorld({ compileSources: denied });
    const slow: Install = async (task) => {
      await later();
      return world.installers.host(task);
    };
    const sources = await run({ ...world, installers: { ...world.installers, host: slow } }, [
      planWith('six\n'),
    ]);
    const modules = await run(recordingWorld({ compile: denied }).world, [planWith('six\n')]);
    await later();
    assert.equal(tags([...sources, ...modules]), ['CannotWrite', 'CannotWrite']);
    assert.equal(unhandled, []);
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
});

test('an installer is given copies of what it reads, an empty folder and the values', async () => {
  const { world, tasks } = recordingWorld();
  const plan = planWith('-e ./lib\n', {}, { 'lib/setup.py': "setup(name='lib')", 'lib/run.sh': '' });
  fs.chmodSync(path.join(plan.entry.root, 'lib/run.sh'), 0o755);
  const again = planOf(plan.entry.root);
  let seen: readonly string[] = [];
  const looking: Install = (task) => {
    const { input, output } = task.folders;
    assert.equal(fs.readdirSync(output), []);
    assert.ok(input.startsWith(world.store.temporaries));
    seen = ['lib/setup.py', 'lib/run.sh', 'requirements.txt'].map((name) => {
      const file = path.join(input, name);
      return `${(fs.statSync(file).mode & 0o777).toString(8)} ${fs.readFileSync(file, 'utf8').trim()}`;
    });
    return world.installers.host(task);
  };
  const installers = { ...world.installers, host: looking };
  await runBatch({ ...world, installers }, [{ plan: again, environment: { TOKEN: 'x' } }]);
  assert.equal(seen, ["644 setup(name='lib')", '755 ', '644 ./lib']);
  assert.equal(tasks[0]?.environment, { TOKEN: 'x' });
});

test('one failure stops no other, and reports come in the order of the plans', async () => {
  const { world } = recordingWorld();
  const plans = ['bad==1\n', 'six\n', 'throws\n', 'empty\n', 'idna\n'].map((text) => planWith(text));
  const heard: string[] = [];
  const reports = await run(world, plans, ({ asset }) => heard.push(asset));
  assert.equal(tags(reports), [
    'InstallFailed',
    'Bundled host',
    'RunnerFailed',
    'NothingInstalled',
    'Bundled host',
  ]);
  assert.equal(
    reports.map(({ asset }) => asset),
    plans.map(({ hash }) => hash.asset),
  );
  assert.equal(heard.sort(), plans.map(({ hash }) => hash.asset).sort());
  const fault = reports[2]?.outcome;
  assert.match(
    fault?._tag === 'Failed' ? showExecutionError(fault.error) : '',
    /^The process that makes the bundles ended with a fault of its own before .*\nIts last lines:\n {2}\| TypeError: the installer has a fault\n/,
  );
  for (const [index, plan] of plans.entries()) {
    assert.is(fs.existsSync(plan.output.path), [1, 4].includes(index), plan.install?.inputs[0]?.from);
  }
  assert.equal(fs.readdirSync(world.store.temporaries), []);
});

test('all functions of a failed set fail, and the set is tried once', async () => {
  const { world, tasks } = recordingWorld();
  const plans = [0, 1].map((index) => planWith('bad==1\n', {}, { 'data.txt': `${index}` }));
  assert.equal(tags(await run(world, plans)), ['InstallFailed', 'InstallFailed']);
  assert.is(tasks.length, 1);
});

test('a plan without dependencies asks no installer', async () => {
  const { world, tasks, notes, bundles } = recordingWorld();
  const plan = planOf(folderOf({ 'index.py': HANDLER }));
  assert.equal(await run(world, [plan]), [
    {
      asset: plan.hash.asset,
      label: 'Stack/Function',
      outcome: { _tag: 'Bundled', path: plan.output.path, dependencies: 'none', duration: 0 },
    },
  ]);
  assert.is(tasks.length, 0);
  assert.equal(notes, ['close']);
  assert.equal(bundles, ['start: putting together the bundle of Stack/Function', 'end: not a word']);
  assert.equal(fs.readdirSync(plan.output.path), ['index.py']);
});

test('the progress names the first function, how many share it, and how it went', async () => {
  const { world, notes } = recordingWorld();
  const shared = [0, 1, 2].map((index) => planWith('six\n', {}, { 'data.txt': `${index}` }));
  const target = 'for Python 3.11 on x86_64 (glibc 2.26)';
  await run(world, shared);
  await run(world, [planWith('six\n'), planWith('bad\n')]);
  assert.equal(notes, [
    `start: installing the requirements of Stack/Function and 2 more ${target}`,
    `end: installed by host in 0.0 s: the requirements of Stack/Function and 2 more ${target}`,
    'close',
    `start: installing the requirements of Stack/Function ${target}`,
    `start: installing the requirements of Stack/Function ${target}`,
    'end: not a word',
    `end: failed after 0.0 s: the requirements of Stack/Function ${target}`,
    'close',
  ]);
});

test('a wheel that does not load on the target is refused, whoever installed it', async () => {
  const { world } = recordingWorld();
  const foreign: Install = async (task) => {
    const metadata = path.join(task.folders.output, 'a-1.dist-info');
    await fs.promises.mkdir(metadata);
    await fs.promises.writeFile(path.join(metadata, 'WHEEL'), 'Tag: cp311-cp311-win_amd64\n');
    return E.right({ by: 'docker', tool: 'fake', output: '' });
  };
  const plan = planWith('six\n');
  const installers = { host: foreign, docker: foreign, buildkit: foreign, auto: foreign };
  const [report] = await run({ ...world, installers }, [plan]);
  assert.is(
    report?.outcome._tag === 'Failed' && showExecutionError(report.outcome.error),
    'a-1 was installed from a wheel tagged cp311-cp311-win_amd64, which does not load on Python 3.11 on x86_64 (glibc 2.26). Require a version with a wheel for the target, or set `bundling.executor` to "docker".',
  );
  assert.is(world.store.part('modules', plan.hash.dependencies ?? ''), undefined);
});

test('a bundle holds the modules and the files, with their modes and one time', async () => {
  const { world } = recordingWorld();
  const folder = folderOf({ 'stack.fn.py': HANDLER, 'bin/run': '', 'requirements.txt': 'six\n' });
  fs.chmodSync(path.join(folder, 'bin/run'), 0o700);
  fs.symlinkSync('bin/run', path.join(folder, 'link'));
  const entry = { _tag: 'ByPath', path: path.join(folder, 'stack.fn.py'), index: 'index.py' } as const;
  const plan = planOf(folder, { entry });
  await run(world, [plan]);
  const bundle = plan.output.path;
  const modes = fs
    .readdirSync(bundle, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stats = fs.lstatSync(path.join(bundle, name));
      const time = stats.mtime.toISOString();
      return stats.isDirectory() ? `folder ${name}` : `${(stats.mode & 0o777).toString(8)} ${name} ${time}`;
    });
  const time = '1980-01-01T00:00:00.000Z';
  assert.equal(modes, [
    'folder bin',
    `755 bin/run ${time}`,
    `755 link ${time}`,
    `644 module.py ${time}`,
    `644 stack_fn.py ${time}`,
  ]);
});

test('a folder of the name that is no bundle is replaced, and a bundle is kept', async () => {
  const { world } = recordingWorld();
  const plan = planOf(folderOf({ 'index.py': HANDLER, 'data.txt': '' }));
  const place = plan.output.path;
  fs.mkdirSync(place, { recursive: true });
  assert.equal(tags(await run(world, [plan])), ['Bundled none']);
  fs.rmSync(path.join(place, 'index.py'));
  fs.writeFileSync(path.join(place, 'left-over'), '');
  assert.equal(tags(await run(world, [plan])), ['Bundled none']);
  assert.equal(fs.readdirSync(place), ['data.txt', 'index.py']);
  const inode = fs.statSync(place).ino;
  assert.equal(tags(await run(world, [plan])), ['Bundled none']);
  assert.is(fs.statSync(place).ino, inode);
  assert.equal(fs.readdirSync(path.dirname(place)), namesOf(plan));
});

test('work is done side by side, and not more of it than asked for', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel(3, [30, 10, 20, 5, 1], async (time) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, time));
    running--;
    return time;
  });
  assert.equal(results, [30, 10, 20, 5, 1]);
  assert.is(most, 3);
});

test('who fails waits for the others', async () => {
  let finished = 0;
  try {
    await inParallel(2, [1, 50], async (time) => {
      await new Promise((resolve) => setTimeout(resolve, time));
      if (time === 1) throw new Error('failed');
      finished++;
    });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'failed');
  }
  assert.is(finished, 1);
});

test.run();
