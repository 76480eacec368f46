import { execFileSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dockerSkipReason } from '../support/docker';
import { reliabilityTable } from '../support/reliability-table';
import { checkEnds, checkGone, checkNext, checkSaid, checkWhole, leftOf } from './support/afterwards';
import { hangingUv, mortal } from './support/hanging';
import type { Started } from './support/processes';
import { containersOf, kill, madeBy, processesOf, runnerOf } from './support/processes';
import { sleep, startApp, startCommand, TEN_POINTS, until } from './support/processes';
import type { Scene, SceneOptions } from './support/scene';
import { bundlesIn, newScene } from './support/scene';
import { hasEnded, IMAGE, IN_CONTAINER, undisturbed, undisturbedContainer } from './support/undisturbed';

const { row, run } = reliabilityTable(suite('faults: interrupted'), 'faults: interrupted');

const percent = (point: number): string => `${Math.round(point * 100)} % of a bundle`;

row(
  'the app is killed',
  'its runner and installers end within 5 s; the next run makes the bundle',
  async (tryCase) => {
    const normal = await undisturbed();
    for (const point of TEN_POINTS) {
      await tryCase(percent(point), async () => {
        const scene = newScene();
        const app = startApp(scene);
        await app.prints('begun');
        await sleep(normal.app * point);
        const toldAt = performance.now();
        kill(app.pid, 'SIGKILL');
        await app.ended;
        // Its own temporaries are the next run's to remove.
        await checkGone(
          () => leftOf(scene),
          toldAt,
          (line) => line.includes(` ${app.pid}-`) || line.startsWith('beside'),
        );
        await checkWhole(scene, normal.bundles);
        await checkNext(scene, startApp, normal.bundles);
      });
    }
  },
);

row(
  'the process that makes the bundles is killed',
  'the app says so; the next run makes the bundle',
  async (tryCase) => {
    const normal = await undisturbed();
    for (const point of TEN_POINTS) {
      await tryCase(percent(point), async () => {
        const scene = newScene();
        const app = startApp(scene);
        await until(() => runnerOf(scene, app) !== undefined || hasEnded(app));
        const runner = runnerOf(scene, app);
        await sleep(normal.runner * point);
        if (runner !== undefined) kill(runner.pid, 'SIGKILL');
        const ended = await app.ended;
        if (ended.code !== 0) checkSaid(ended, /ended with signal SIGKILL before it reported on this one/);
        await checkEnds(scene);
        await checkWhole(scene, normal.bundles);
        await checkNext(scene, startApp, normal.bundles);
      });
    }
  },
);

for (const tool of ['uv', 'pip'] as const) {
  row(
    `${tool} is killed`,
    'the app says so, nothing is left; the next run makes the bundle',
    async (tryCase) => {
      const normal = await undisturbed({ tools: { [tool]: true } });
      for (const point of TEN_POINTS) {
        await tryCase(percent(point), async () => {
          const scene = newScene(mortal(tool, normal.seconds * point));
          const ended = await startApp(scene).ended;
          if (ended.code !== 0)
            checkSaid(ended, new RegExp(`failed: ${tool} \\S+ ended with signal SIGKILL`));
          await checkEnds(scene);
          assert.equal(leftOf(scene), []);
          await checkWhole(scene, normal.bundles);
          // With the tool that has no end of its own.
          const healthy = newScene({ store: scene.store, output: scene.output, tools: { [tool]: true } });
          const next = { ...scene, environment: { ...healthy.environment, TMPDIR: scene.temporaries } };
          await checkNext(
            { ...next, token: healthy.token, environment: { ...next.environment, SCENE_ENTRY: scene.entry } },
            startApp,
            normal.bundles,
          );
        });
      }
    },
  );
}

row(
  'the container is killed',
  'the app says so, nothing is left; the next run makes the bundle',
  async (tryCase) => {
    const reason = dockerSkipReason(IMAGE);
    if (reason !== undefined) console.log(`SKIPPED: ${reason}`);
    for (const point of TEN_POINTS) {
      await tryCase(percent(point), async () => {
        if (reason !== undefined) return;
        await killContainer(point);
      });
    }
  },
);

let inContainer: ReturnType<typeof undisturbedContainer> | undefined;

const killContainer = async (point: number): Promise<void> => {
  const normal = await (inContainer ??= undisturbedContainer());
  const scene = newScene(IN_CONTAINER);
  const app = startApp(scene);
  await until(() => containersOf(scene).length > 0 || hasEnded(app));
  await sleep(normal.container * point);
  for (const name of containersOf(scene)) {
    try {
      execFileSync('docker', ['kill', name], { stdio: 'pipe' });
    } catch {
      // It was faster.
    }
  }
  const ended = await app.ended;
  if (ended.code !== 0) checkSaid(ended, /was killed \(signal SIGKILL\) before it finished/);
  assert.equal(leftOf(scene), []);
  await checkWhole(scene, normal.bundles);
  await checkNext(scene, startApp, normal.bundles);
};

/** Whether what installs is under way, and will not come to an end by itself. */
const isHanging = (scene: Scene): boolean =>
  processesOf(scene).some(({ argv }) => argv.join(' ') === 'sleep 60') || containersOf(scene).length > 0;

const COPIES = { bundlingFileAccess: 'VOLUME_COPY' };
const SLEEPS = { entrypoint: ['sh', '-c', 'sleep 60'] };

/** Runs that hang in the middle of an install. */
const hangingRuns: readonly (readonly [name: string, () => SceneOptions])[] = [
  ['uv', hangingUv],
  ['a container', () => ({ ...IN_CONTAINER, bundling: { ...IN_CONTAINER.bundling, ...SLEEPS } })],
  [
    'a container with copies',
    () => ({ ...IN_CONTAINER, bundling: { ...IN_CONTAINER.bundling, ...SLEEPS, ...COPIES } }),
  ],
];

/** A run that hangs, and all that is there of it at any time. */
const hang = async (options: SceneOptions, start: (scene: Scene) => Started) => {
  const scene = newScene(options);
  const started = start(scene);
  const worker = (): number => runnerOf(scene, started)?.pid ?? started.pid;
  const hasRun = (): boolean => madeBy(worker()).some((name) => name.endsWith('-run'));
  const usesDocker = options.tools?.docker === true;
  await until(() => hasEnded(started) || (usesDocker ? hasRun() : isHanging(scene)));
  const pid = worker();
  const look = (): readonly string[] => [...leftOf(scene), ...(usesDocker ? madeBy(pid) : [])];
  assert.not(hasEnded(started), JSON.stringify(hasEnded(started) && (await started.ended)));
  return { scene, started, look };
};

for (const [signal, words] of [
  ['SIGINT', 'Ctrl-C (SIGINT)'],
  ['SIGTERM', 'SIGTERM'],
] as const) {
  row(
    `${words}, to the app alone, to all of its processes, or to the command line`,
    'children, containers, volumes and temporaries are gone within 5 s, and the process has ended by the signal; the next run makes the bundle',
    async (tryCase) => {
      const tell = async (
        options: SceneOptions,
        start: (scene: Scene) => Started,
        group: boolean,
      ): Promise<void> => {
        const { scene, started, look } = await hang(options, start);
        const toldAt = performance.now();
        kill(group ? -started.pid : started.pid, signal);
        const ended = await started.ended;
        assert.equal([ended.code, ended.signal], [null, signal], ended.stderr);
        await checkGone(look, toldAt);
        assert.equal(bundlesIn(scene.output), {});
        if (options.tools?.docker === true) return;
        assert.is((await start(newScene({ store: scene.store, output: scene.output })).ended).code, 0);
      };
      for (const [name, options] of hangingRuns) {
        for (const group of [false, true]) {
          const to = group ? 'all' : 'one';
          await tryCase(`the app, ${name}, to ${to}`, () => tell(options(), startApp, group));
        }
      }
      for (const group of [false, true]) {
        await tryCase(`the command line, to ${group ? 'all' : 'one'}`, () =>
          tell(hangingUv(), startCommand, group),
        );
      }
    },
  );
}

row(
  'all processes of a run are killed at once',
  'the next run takes away what they have left, containers and volumes too',
  async (tryCase) => {
    for (const [name, options] of hangingRuns) {
      await tryCase(name, async () => {
        const { scene, started, look } = await hang(options(), startApp);
        kill(-started.pid, 'SIGKILL');
        await started.ended;
        assert.ok(look().length > 0, 'nothing was left');
        const { tools, bundling } = options();
        const quick = Object.fromEntries(
          Object.entries({ ...bundling }).filter(([name]) => name !== 'entrypoint'),
        );
        const next = newScene({
          ...(tools === undefined ? {} : { tools }),
          bundling: quick,
          store: scene.store,
          output: scene.output,
        });
        const ended = await startApp(next).ended;
        assert.is(ended.code, 0, ended.stderr);
        const made = Object.keys(bundlesIn(scene.output)).filter((file) => !file.endsWith('.json'));
        assert.is(made.length, 1);
        assert.equal(look(), []);
      });
    }
  },
);

run();
