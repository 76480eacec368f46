import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { CANARY, tracesIn } from '../support/canary';
import type { PasswordWay } from '../support/index-passwords';
import { isAmongFew, waysFor } from '../support/index-passwords';
import { notedDocker } from '../support/noted-docker';
import { reliabilityTable } from '../support/reliability-table';
import type { WatchingIndex } from '../support/secret-machine';
import { secretMachine, watchingIndex, withoutTrace } from '../support/secret-machine';
import { TELLING_COMMAND, TELLING_PACKAGE } from '../support/telling-build';

const test = suite('secrets in builds by BuildKit');
const { row, run } = reliabilityTable(test, 'hostile: secrets in builds by BuildKit');

let index: WatchingIndex;
test.before(async () => {
  index = await watchingIndex();
});
test.before.each(() => index.setPassword(CANARY));
test.after(() => index.close());

interface Attempt {
  /** @default true */
  readonly uv?: boolean;
  readonly requirement?: string;
  readonly tree?: Readonly<Record<string, string>>;
  readonly hooks?: BundleRequest['hooks'];
}

let attempts = 0;

/** What the engine has written down since some time: its records of builds, and the layers that they made. */
const keptByEngine = (since: Date): string => {
  const docker = (...argv: readonly string[]): string =>
    execFileSync('docker', argv, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const [root = ''] = docker('info', '--format', '{{.DockerRootDir}}').split('\n');
  const images = docker('images', '--all', '--quiet').split('\n').filter(Boolean);
  const folders = ['buildkit', 'image', 'overlay2']
    .map((name) => path.join(root, name))
    .filter(fs.existsSync);
  const argv = [...folders, '-xdev', '-type', 'f', '-newermt', since.toISOString(), '-size', '-8M'];
  // Readable by root alone; where it is not, the engine's own words have to do.
  const { stdout = '' } = spawnSync('find', [...argv, '-exec', 'cat', '{}', '+'], {
    encoding: 'latin1',
    maxBuffer: 1024 * 1024 * 1024,
  });
  return [
    docker('image', 'inspect', ...images),
    ...images.map((id) => docker('history', '--no-trunc', id)),
    stdout,
  ].join('\n');
};

/** Makes a bundle with the password of the index given in some way; answers its folder, or the message. */
const attempt = async (
  way: PasswordWay,
  { uv = true, requirement = 'private-lib==1', tree = {}, hooks }: Attempt = {},
): Promise<string> => {
  const { environment, written } = secretMachine({ uv, docker: true }, way.own, way.home);
  const { given = {}, lines = '' } = way;
  const { searchPath, starts } = notedDocker(environment['PATH']);
  const here = { ...environment, PATH: searchPath, DOCKER_CONFIG: clientFolder() };
  attempts += 1;
  // What a builder has built already, it does not build again.
  const salt = `# ${Date.now()}-${process.pid}-${attempts}\n`;
  const folder = folderOf({
    'index.py': HANDLER,
    'requirements.txt': `${salt}${lines}${requirement}\n`,
    ...tree,
  });
  const plan = planOf(folder, {
    executor: 'buildkit',
    docker: { environment: Object.keys(given), volumes: [], network: 'host' },
    ...(hooks === undefined ? {} : { hooks }),
  });
  const output = path.dirname(plan.output.path);
  fs.mkdirSync(output, { recursive: true });
  const since = new Date(Date.now() - 1000);
  const [answer] = await withoutTrace(
    [written, output],
    async () => {
      const [report] = await execute([plan], here, given);
      const message =
        report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : undefined;
      return [message ?? plan.output.path, plan, report] as const;
    },
    index,
  );
  const [build = ''] = starts();
  assert.match(build, / --network host --allow network\.host .*--secret id=/);
  assert.equal(tracesIn(build), [], 'arguments of buildx');
  const du = execFileSync('docker', ['buildx', 'du', '--verbose'], { encoding: 'utf8', env: here });
  assert.match(du, 'asset-tools/run.sh');
  assert.equal(tracesIn(du), [], 'what the builder keeps');
  assert.equal(tracesIn(keptByEngine(since)), [], 'what the engine keeps');
  return answer;
};

const made = async (...args: Parameters<typeof attempt>): Promise<void> => {
  const answer = await attempt(...args);
  assert.ok(fs.existsSync(path.join(answer, 'private_lib.py')), answer);
};

const fails = async (expected: RegExp, ...args: Parameters<typeof attempt>): Promise<void> => {
  assert.match(await attempt(...args), expected);
};

const ways = (): readonly PasswordWay[] => waysFor(index.url, 'pip').filter(isAmongFew);

row(
  'The password of an index; uv or pip in a build',
  'the modules are there; the password is in no argument, file or message, and in nothing that the engine keeps',
  async (tryCase) => {
    for (const way of ways()) {
      await tryCase(`uv, ${way.name}`, () => made(way));
      await tryCase(`pip, ${way.name}`, () => made(way, { uv: false }));
    }
    const { PIP_INDEX_URL = '' } = ways().find(({ given }) => given !== undefined)?.given ?? {};
    const ofUv = { name: "uv's variable", given: { UV_DEFAULT_INDEX: PIP_INDEX_URL } };
    await tryCase(ofUv.name, () => made(ofUv));
  },
);

row(
  'A build that is refused, finds no package, or tells all it knows',
  'the message says what is wrong, without it',
  async (tryCase) => {
    for (const way of ways()) {
      await tryCase(`none, ${way.name}`, () => fails(/no-such-lib/, way, { requirement: 'no-such-lib==1' }));
      index.setPassword('of-another-day');
      await tryCase(`refused, ${way.name}`, () => fails(/private-lib/, way));
      index.setPassword(CANARY);
      const told = /that was all/;
      const telling = { requirement: './lib', tree: TELLING_PACKAGE };
      await tryCase(`build, ${way.name}`, () => fails(told, way, telling));
      const hooks = { before: [TELLING_COMMAND], after: [] };
      await tryCase(`hook, ${way.name}`, () => fails(told, way, { hooks }));
    }
  },
);

const reason = buildxSkipReason('public.ecr.aws/sam/build-python3.11');
if (reason === undefined) run();
else console.log(`SKIPPED: ${reason}`);
