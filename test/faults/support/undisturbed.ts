import * as assert from 'uvu/assert';
import type { Started } from './processes';
import { containersOf, runnerOf, startApp, until } from './processes';
import type { Scene, SceneOptions } from './scene';
import { bundlesIn, newScene } from './scene';

export const IMAGE = 'public.ecr.aws/sam/build-python3.13';

/** The wheels are files of this machine, so the container needs no network. */
export const IN_CONTAINER: SceneOptions = {
  tools: { docker: true },
  bundling: { executor: 'docker', network: 'none' },
};

export const hasEnded = ({ child }: Started): boolean => child.exitCode !== null || child.signalCode !== null;

const finished = async (scene: Scene, app: Started) => {
  const ended = await app.ended;
  assert.is(ended.code, 0, ended.stderr);
  return { bundles: bundlesIn(scene.output), stderr: ended.stderr };
};

/** What a run makes that nothing happens to, and how long it takes in milliseconds; its installer in seconds. */
export const undisturbed = async (options: SceneOptions = {}) => {
  const scene = newScene(options);
  const app = startApp(scene);
  await app.prints('begun');
  const begun = performance.now();
  await until(() => runnerOf(scene, app) !== undefined || hasEnded(app));
  const started = performance.now();
  const { bundles, stderr } = await finished(scene, app);
  const over = performance.now();
  const seconds = Number(/ in (\d+\.\d) s: /.exec(stderr)?.[1]);
  return { bundles, app: over - begun, runner: over - started, seconds };
};

/** The same with a container, and how long that is there. */
export const undisturbedContainer = async () => {
  const scene = newScene(IN_CONTAINER);
  const app = startApp(scene);
  await until(() => containersOf(scene).length > 0 || hasEnded(app));
  const started = performance.now();
  await until(() => containersOf(scene).length === 0);
  const container = performance.now() - started;
  return { bundles: (await finished(scene, app)).bundles, container };
};
