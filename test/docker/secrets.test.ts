import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest, DockerRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { CANARY } from '../support/canary';
import { dockerSkipReason } from '../support/docker';
import type { PasswordWay } from '../support/index-passwords';
import { isAmongFew, waysFor } from '../support/index-passwords';
import { reliabilityTable } from '../support/reliability-table';
import { SECRET_FILES } from '../support/secret-files';
import type { WatchingIndex } from '../support/secret-machine';
import { secretMachine, watchingIndex, withoutTrace } from '../support/secret-machine';
import { TELLING_COMMAND, TELLING_PACKAGE } from '../support/telling-build';

const test = suite('secrets in containers');
const { row, run } = reliabilityTable(test, 'hostile: secrets in containers');

let index: WatchingIndex;
test.before(async () => {
  index = await watchingIndex();
});
test.before.each(() => index.setPassword(CANARY));
test.after(() => index.close());

interface Attempt {
  /** Whether this machine's uv is lent to the container, or the container's pip installs. @default true */
  readonly uv?: boolean;
  readonly requirement?: string;
  readonly tree?: Readonly<Record<string, string>>;
  readonly hooks?: BundleRequest['hooks'];
  readonly docker?: Partial<DockerRequest>;
}

/** Makes a bundle in a container with the password of the index given in some way; answers its folder, or the message. */
const attempt = async (
  way: PasswordWay,
  { uv = true, requirement = 'private-lib==1', tree = {}, hooks, docker }: Attempt = {},
): Promise<string> => {
  const { environment, written } = secretMachine({ uv, docker: true }, way.own, way.home);
  const { given = {}, lines = '' } = way;
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': `${lines}${requirement}\n`, ...tree });
  const plan = planOf(folder, {
    executor: 'docker',
    docker: { environment: Object.keys(given), volumes: [], network: 'host', ...docker },
    ...(hooks === undefined ? {} : { hooks }),
  });
  const output = path.dirname(plan.output.path);
  fs.mkdirSync(output, { recursive: true });
  const [answer] = await withoutTrace(
    [written, output],
    async () => {
      const [report] = await execute([plan], environment, given);
      const message =
        report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : undefined;
      return [message ?? plan.output.path, plan, report] as const;
    },
    index,
  );
  return answer;
};

const made = async (...args: Parameters<typeof attempt>): Promise<void> => {
  const answer = await attempt(...args);
  assert.ok(fs.existsSync(path.join(answer, 'private_lib.py')), answer);
};

const fails = async (expected: RegExp, ...args: Parameters<typeof attempt>): Promise<void> => {
  assert.match(await attempt(...args), expected);
};

/** Those that a container is given: it has neither the user's settings of pip and uv nor all of their variables. */
const ways = (): readonly PasswordWay[] => waysFor(index.url, 'pip').filter(isAmongFew);

row(
  'The password of an index; uv or pip in a container, mounted or copied',
  'the modules are there, the password is nowhere',
  async (tryCase) => {
    for (const way of ways()) {
      await tryCase(`uv, ${way.name}`, () => made(way));
      await tryCase(`pip, ${way.name}`, () => made(way, { uv: false }));
      await tryCase(`copied, ${way.name}`, () => made(way, { docker: { fileAccess: 'copy' } }));
    }
  },
);

row(
  'A container that is refused, finds no package, or whose build or command tells all it knows',
  'the message says what is wrong, without it',
  async (tryCase) => {
    for (const way of ways()) {
      const missing = { requirement: 'no-such-lib==1' };
      await tryCase(`none, ${way.name}`, () => fails(/no-such-lib/, way, missing));
      index.setPassword('of-another-day');
      await tryCase(`refused, ${way.name}`, () => fails(/private-lib/, way));
      index.setPassword(CANARY);
      const told = /that was all/;
      const telling = { requirement: './lib', tree: TELLING_PACKAGE };
      await tryCase(`build, ${way.name}`, () => fails(told, way, telling));
      const hooks = { before: [TELLING_COMMAND], after: [] };
      await tryCase(`hook, ${way.name}`, () => fails(told, way, { hooks }));
      const copied = { hooks, docker: { fileAccess: 'copy' as const } };
      await tryCase(`hook, copied, ${way.name}`, () => fails(told, way, copied));
    }
  },
);

row(
  'A whole build in a container, with files of tools beside the source',
  'the bundle has neither them nor the password',
  async (tryCase) => {
    for (const way of ways()) {
      await tryCase(way.name, () =>
        made(way, { hooks: { before: ['true'], after: ['true'] }, tree: SECRET_FILES }),
      );
    }
  },
);

const reason = dockerSkipReason('public.ecr.aws/sam/build-python3.11');
if (reason === undefined) run();
else console.log(`SKIPPED: ${reason}`);
