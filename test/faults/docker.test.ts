import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { DockerRequest } from '../../src/plan/request/bundle-request';
import { planWith } from '../exec/support/plans';
import { dockerSkipReason } from '../support/docker';
import { failsCleanly, faultEnvironment, succeeds } from '../support/fault-case';
import type { MisbehavingIndex } from '../support/misbehaving-index';
import { misbehavingIndex, stalls } from '../support/misbehaving-index';
import type { OwnEngine } from '../support/own-engine';
import { engineSkipReason, ownEngine } from '../support/own-engine';
import { reliabilityTable } from '../support/reliability-table';

const IMAGE = 'public.ecr.aws/sam/build-python3.11:latest';

const test = suite('faults: docker');
const { row, run } = reliabilityTable(test, 'faults: docker');

let engine: OwnEngine;
let index: MisbehavingIndex;

const environment = (changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv =>
  faultEnvironment({ uv: true, docker: true }, { DOCKER_HOST: engine.host, ...changes });

const wants = (docker: Partial<DockerRequest> = {}): BundlePlan =>
  planWith(`--index-url ${index.url}\ndemo-lib==1\n`, {
    executor: 'docker',
    docker: { environment: [], volumes: [], image: IMAGE, network: 'host', ...docker },
  });

/** Fails, and leaves no container and no volume with an engine that answers. */
const fails = async (planned: BundlePlan, wanted: RegExp, own = environment()): Promise<void> => {
  const said = await failsCleanly(planned, own);
  assert.match(said, wanted);
  assert.ok(said.length < 5000, 'a message that nobody can read');
  assert.equal(engine.left(), []);
};

/** Does something to an install that waits for its index. */
const during = async (
  planned: BundlePlan,
  wanted: RegExp,
  fault: () => Promise<void> | void,
): Promise<void> => {
  index.behave({ page: stalls });
  const failing = failsCleanly(planned, environment());
  const asked = async (): Promise<'asked'> => {
    while (!index.isBusy()) await new Promise((resolve) => setTimeout(resolve, 50));
    return 'asked';
  };
  // An install that ends before it asks would otherwise be waited for without end.
  const first = await Promise.race([asked(), failing]);
  assert.ok(first === 'asked', first);
  await fault();
  assert.match(await failing, wanted);
  index.behave({});
};

const killContainers = (): void => {
  const ids = engine.docker('ps', '--quiet').trim().split('\n');
  engine.docker('kill', ...ids);
};

const DOWN =
  /^"docker" is installed, but its daemon does not answer\. Start it, or set `bundling\.executor` to "host"\./;
const KILLED =
  /^The build container of \S+ was killed \(signal SIGKILL\) before it finished: it had too little memory/;

row(
  'The engine is stopped before a run, in the middle of an install, and after it',
  'the message says that it does not answer, or that the container was killed; started again, the same plan runs',
  async (tryCase) => {
    const planned = wants();
    await tryCase('before', async () => {
      await engine.stop('SIGTERM');
      const said = await failsCleanly(planned, environment());
      await engine.start();
      assert.match(said, DOWN);
    });
    await tryCase('in the middle', async () => {
      await during(planned, KILLED, () => engine.stop('SIGTERM'));
      await engine.start();
      assert.equal(engine.left(), []);
    });
    await tryCase('in the middle, killed', async () => {
      await during(planned, DOWN, () => engine.stop('SIGKILL'));
      await engine.start();
      assert.equal(engine.left(), []);
    });
    await tryCase('after: what is in the store needs none', async () => {
      const own = environment();
      await succeeds(planned, own);
      await engine.stop('SIGTERM');
      const again = { ...planned, output: { ...planned.output, path: `${planned.output.path}.again` } };
      await succeeds({ ...again, output: wants().output }, own);
      await engine.start();
    });
  },
);

row('There is no client, or no image', 'the message has what was looked for', async (tryCase) => {
  await tryCase('no client', () =>
    fails(
      wants(),
      /^The container engine "no-such-docker" was not found on PATH\./,
      environment({ CDK_DOCKER: 'no-such-docker' }),
    ),
  );
  await tryCase('no image', () =>
    fails(
      wants({ image: 'registry.invalid/none:1' }),
      /^The build image registry\.invalid\/none:1 is not on this machine and could not be pulled\./,
    ),
  );
});

row('The engine answers, but can make no container', 'the message has what it says', async (tryCase) => {
  await tryCase('a network that it has not', () =>
    fails(wants({ network: 'no-such-network' }), /network no-such-network not found/),
  );
  await tryCase('files are copied to it', () =>
    fails(wants({ network: 'no-such-network', fileAccess: 'copy' }), /network no-such-network not found/),
  );
});

row(
  'The container is killed, or has too little memory',
  'the message says so; given more, the same requirements are installed',
  async (tryCase) => {
    await tryCase('killed', () => during(wants(), KILLED, killContainers));
    await tryCase('killed, files are copied', () =>
      during(wants({ fileAccess: 'copy' }), KILLED, killContainers),
    );
    await tryCase('16 MB of memory', () => fails(wants({ memory: '16m' }), KILLED));
    await tryCase('enough of it', () => succeeds(wants({ memory: '512m' }), environment()));
  },
);

row('The container writes 50 MB', 'its last lines are shown, none longer than a screen', async (tryCase) => {
  for (const [name, loud] of Object.entries({
    'in lines': 'yes "loud and long" | head -c 50000000',
    'in one line': 'head -c 50000000 /dev/zero | tr "\\0" x',
  })) {
    await tryCase(name, async () => {
      await fails(
        wants({ command: ['sh', '-c', `${loud}; exit 3`] }),
        /`bundling\.command` ended with exit code 3\./,
      );
    });
  }
});

test.before(async () => {
  engine = await ownEngine(IMAGE);
  index = await misbehavingIndex();
});

test.after(async () => {
  index.close();
  await engine.remove();
});

const why = dockerSkipReason(IMAGE) ?? engineSkipReason();
if (why === undefined) run();
else console.log(`SKIPPED: ${why}`);
