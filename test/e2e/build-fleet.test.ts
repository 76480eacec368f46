import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carryPlan } from '../../src/exec/assembly/carry-plan';
import type { ExecutorName } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf } from '../exec/support/requests';
import type { Fleet } from '../support/build-fleet';
import { startFleet } from '../support/build-fleet';
import type { Ended } from '../support/consumer';
import { repository, run } from '../support/consumer';
import { fleetSkipReason } from '../support/fleet-tools';
import { invoke } from '../support/invoke';
import { environmentWith, findPython } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('two BuildKit builders, each on a host of its own');

const IMAGE = 'public.ecr.aws/sam/build-python3.11:latest';
const SETS = ['six==1.16.0', 'idna==3.6', 'certifi==2024.2.2', 'six==1.16.0\nidna==3.6'];
const NAMES = [['six'], ['idna'], ['certifi'], ['idna', 'six']];

const HANDLER = (name: string): string =>
  `import importlib.metadata as m\n\ndef lambda_handler(event, context):\n    return ["${name}", sorted(d.metadata["Name"] for d in m.distributions(path=[__file__[:-9]]))]\n`;

/**
 * An assembly with a function of each set, two of the first.
 *
 * @param salt what is built under another one is nothing that a builder has built already
 */
const assembly = (
  salt: string,
  executor: ExecutorName = 'buildkit',
  before: readonly string[] = [],
): string => {
  const folder = temporaryFolder();
  const outputDirectory = path.join(folder, 'cdk.out');
  const assets = [...SETS, SETS[0]].map((requirements, index) => {
    const name = `f${index}`;
    const sources = folderOf({
      'index.py': HANDLER(name),
      'requirements.txt': `# ${salt}\n${requirements}\n`,
      // Is of the user's own images, and says nothing of what a bundle is built of.
      '.dockerignore': '*\n',
    });
    const plan = planOf(sources, {
      label: `Stack/${name}`,
      executor,
      packaging: 'zip',
      bytecode: 'auto',
      outputDirectory,
      hooks: { before: index === 1 ? before : [], after: [] },
    });
    carryPlan({ plan, variables: [] });
    fs.rmSync(sources, { recursive: true });
    return plan.hash.asset;
  });
  const files = Object.fromEntries(assets.map((asset) => [asset, {}]));
  writeTree(folder, { 'cdk.out/Stack.assets.json': JSON.stringify({ files }) });
  return folder;
};

let fleet: Fleet;
const reason = fleetSkipReason(IMAGE);

test.before(async () => {
  if (reason === undefined) fleet = await startFleet({ images: [IMAGE] });
});
test.after(async () => {
  if (reason === undefined) await fleet.stop();
});

const fleetTest = (name: string, body: () => Promise<void>): void =>
  test(name, async () => {
    if (reason !== undefined) console.log(`SKIPPED: ${reason}`);
    else await body();
  });

const main = path.join(repository, 'lib/cli/main.js');

/** The library on a machine with a store of its own and these builders. */
const cli = (folder: string, argv: readonly string[], changes: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  run(process.execPath, [main, ...argv], folder, {
    ...fleet.environment,
    ...fleet.proxy,
    PATH: environmentWith({ uv: true, docker: true })['PATH'],
    HOME: folder,
    CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
    CDK_LAMBDA_PYTHON_BUILDERS: fleet.builders.map(({ name }) => name).join(','),
    ...changes,
  });

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

/** Each bundle's name and digest, in order. */
const digests = (stdout: string): readonly string[] =>
  linesOf(stdout)
    .map((zip) => `${path.basename(zip)} ${createHash('sha256').update(fs.readFileSync(zip)).digest('hex')}`)
    .sort();

const answers = async (bundles: readonly string[]): Promise<readonly unknown[]> => {
  const all = await Promise.all(
    bundles.map(async (bundle) => {
      const answer = await invoke(bundle, 'index.lambda_handler', {}, { python: findPython('3.11') ?? '' });
      if (!answer.ok) throw new Error(answer.stderr);
      return answer.payload as readonly [string, readonly string[]];
    }),
  );
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
};

/** What lies in the cache of a builder. */
const builtBy = async (name: string): Promise<string> =>
  (await run('docker', ['buildx', 'du', '--builder', name, '--verbose'], '/', fleet.environment)).stdout;

const EXPECTED = [...NAMES, NAMES[0]].map((names, index) => [`f${index}`, names]);

fleetTest('both build, and the bundles are those of a container of the engine, byte for byte', async () => {
  const [here, there] = [assembly('one', 'docker'), assembly('one')];
  const onEngine = await cli(here, ['run', 'cdk.out', '--allow-commands'], {
    HTTP_PROXY: undefined,
    HTTPS_PROXY: undefined,
  });
  assert.is(onEngine.status, 0, onEngine.stderr);
  const { status, stdout, stderr } = await cli(there, ['run', 'cdk.out', '--allow-commands']);
  assert.is(status, 0, stderr);
  assert.is(stderr.match(/installed by buildkit/g)?.length, SETS.length, stderr);
  assert.equal(digests(stdout), digests(onEngine.stdout));
  assert.equal(await answers(linesOf(stdout)), EXPECTED);
  for (const { name } of fleet.builders) assert.match(await builtBy(name), 'exec sh /asset-tools/run.sh');
});

fleetTest('one is killed in the middle: what it was building is built by the other', async () => {
  const folder = assembly('killed', 'buildkit', ['sleep 5']);
  const [first, second] = fleet.builders;
  assert.ok(first && second);
  const running = cli(folder, ['run', 'cdk.out', '--allow-commands']);
  await first.whenBusy('/asset-tools/install.py');
  await first.kill();
  const { status, stdout, stderr } = await running;
  assert.is(status, 0, stderr);
  assert.match(stderr, /the builder builder-1 was lost \(.*\); its builds go to the remaining one/);
  assert.is(stderr.match(/was lost/g)?.length, 1, stderr);
  assert.equal(await answers(linesOf(stdout)), EXPECTED);
  await first.start();
});

fleetTest('one is frozen in the middle, and closes no connection: it is given up', async () => {
  const folder = assembly('frozen', 'buildkit', ['sleep 5']);
  const [first] = fleet.builders;
  assert.ok(first);
  const running = cli(folder, ['run', 'cdk.out', '--allow-commands']);
  await first.whenBusy('/asset-tools/install.py');
  first.freeze();
  const { status, stdout, stderr } = await running;
  first.thaw();
  assert.is(status, 0, stderr);
  assert.match(stderr, 'the builder builder-1 was lost (it no longer answers); what it was building');
  assert.equal(await answers(linesOf(stdout)), EXPECTED);
});

fleetTest('all are killed: it ends with the reason, and nothing half made is there', async () => {
  const folder = assembly('all', 'buildkit', ['sleep 5']);
  const running = cli(folder, ['run', 'cdk.out', '--allow-commands']);
  await Promise.all(fleet.builders.map((builder) => builder.whenBusy('/asset-tools/install.py')));
  await Promise.all(fleet.builders.map((builder) => builder.kill()));
  const { status, stdout, stderr } = await running;
  assert.is(status, 1);
  assert.match(stderr, /Stack\/f0: No BuildKit builder did the build\. Asked: builder-[12], builder-[12]\./);
  const made = fs.readdirSync(path.join(folder, 'cdk.out')).filter((name) => name.startsWith('asset.'));
  assert.equal(
    made.map((name) => path.join(folder, 'cdk.out', name)).filter((name) => name.endsWith('.zip')),
    [...linesOf(stdout)],
  );
  assert.equal(fs.readdirSync(path.join(folder, 'store', 'v4', 'tmp')), []);
  await Promise.all(fleet.builders.map((builder) => builder.start()));
});

fleetTest('a cache that builders share; where it cannot be written to, that is a line', async () => {
  const cache = { CDK_LAMBDA_PYTHON_BUILD_CACHE: `type=registry,ref=${fleet.registry.address}/cache:{set}` };
  const only = (name: string) => ({ ...cache, CDK_LAMBDA_PYTHON_BUILDERS: name });
  const first = await cli(assembly('cache'), ['run', 'cdk.out', '--allow-commands'], only('builder-1'));
  assert.is(first.status, 0, first.stderr);
  assert.is((await fleet.registry.tags('cache')).length, SETS.length);
  const second = await cli(assembly('cache'), ['run', 'cdk.out', '--allow-commands'], only('builder-2'));
  assert.is(second.status, 0, second.stderr);
  assert.equal(digests(second.stdout), digests(first.stdout));
  await fleet.registry.readOnly(true);
  const third = await cli(assembly('unwritable'), ['run', 'cdk.out', '--allow-commands'], only('builder-2'));
  await fleet.registry.readOnly(false);
  assert.is(third.status, 0, third.stderr);
  assert.match(third.stderr, /the cache of builds could not be written to: .*405 Method Not Allowed/);
});

fleetTest('a bake file of the same plans: each set is built once, and each bundle runs', async () => {
  const folder = assembly('bake', 'docker', ['echo 1 > built-by-hook']);
  const printed = await cli(folder, ['plan', 'cdk.out', '--format', 'bake']);
  assert.is(printed.status, 0, printed.stderr);
  writeTree(folder, { 'docker-bake.json': printed.stdout });
  const argv = ['buildx', 'bake', '--builder', 'builder-1', '--allow', 'fs=*', '--progress', 'plain'];
  const baked = await run('docker', argv, folder, { ...fleet.environment, ...fleet.proxy });
  assert.is(baked.status, 0, baked.stderr);
  const built = path.join(folder, 'cdk.out/cdk-lambda-python/built');
  const bundles = fs.readdirSync(built).filter((name) => name.startsWith('asset.'));
  assert.is(bundles.length, SETS.length + 1);
  assert.equal(await answers(bundles.map((name) => path.join(built, name))), EXPECTED);
  // For what is published, they are looked over and made as ever: of the sets that bake has written as well.
  const sets = await run('docker', [...argv, 'modules'], folder, { ...fleet.environment, ...fleet.proxy });
  assert.is(sets.status, 0, sets.stderr);
  const none = { PATH: environmentWith({})['PATH'], CDK_DOCKER: '/nonexistent/docker' };
  const made = await cli(folder, ['run', 'cdk.out', '--allow-commands', '--built'], none);
  assert.is(made.status, 0, made.stderr);
  const there = assembly('bake', 'docker', ['echo 1 > built-by-hook']);
  const onEngine = await cli(there, ['run', 'cdk.out', '--allow-commands'], {
    HTTP_PROXY: undefined,
    HTTPS_PROXY: undefined,
  });
  assert.equal(digests(made.stdout), digests(onEngine.stdout));
});

test.run();
