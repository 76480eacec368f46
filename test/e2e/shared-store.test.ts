import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carryPlan } from '../../src/exec/assembly/carry-plan';
import { planOf } from '../exec/support/plans';
import { folderOf } from '../exec/support/requests';
import type { Ended } from '../support/consumer';
import { repository, run } from '../support/consumer';
import { invoke } from '../support/invoke';
import type { LocalAws } from '../support/local-aws';
import { startLocalAws } from '../support/local-aws';
import { environmentWith, findPython, runWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('shards and a shared store in a local S3');

const BUCKET = 'shared-store';
const SIX = 'six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254\n';
const IDNA = 'idna==3.6 --hash=sha256:c05567e9c24a6b9faaa835c4821bad0590fbb9d5779e7caa6e1cc4978e7eb24f\n';
// With hashes no machine adds anything to the keys, so one that has no installer finds what others have made.
const SETS = [SIX, IDNA, SIX + IDNA];

/** An assembly with two functions of each set. */
const assembly = (): string => {
  const folder = temporaryFolder();
  const assets = SETS.flatMap((requirements, set) =>
    ['a', 'b'].map((name) => {
      const sources = folderOf({
        'index.py': `import importlib.metadata as m\n\ndef lambda_handler(event, context):\n    return ["${name}${set}", sorted(d.metadata["Name"] for d in m.distributions(path=[__file__[:-9]]))]\n`,
        'requirements.txt': requirements,
      });
      const outputDirectory = path.join(folder, 'cdk.out');
      const label = `Stack/${name}${set}`;
      const plan = planOf(sources, { label, packaging: 'zip', bytecode: 'auto', outputDirectory });
      carryPlan({ plan, variables: [] });
      fs.rmSync(sources, { recursive: true });
      return plan.hash.asset;
    }),
  );
  const files = Object.fromEntries(assets.map((asset) => [asset, {}]));
  writeTree(folder, { 'cdk.out/Stack.assets.json': JSON.stringify({ files }) });
  return path.join(folder, 'cdk.out');
};

let aws: LocalAws;
test.before(async () => {
  aws = await startLocalAws();
  await fetch(`${aws.environment['AWS_ENDPOINT_URL']}/${BUCKET}`, { method: 'PUT' });
});
test.after(() => aws.stop());

/** A machine of its own: its copy of an assembly, and a store with nothing in it. */
const machine = (from: string, tools: NodeJS.ProcessEnv, remote = `s3://${BUCKET}/team`) => {
  const folder = temporaryFolder();
  fs.cpSync(from, path.join(folder, 'cdk.out'), { recursive: true });
  const environment = {
    ...tools,
    ...aws.environment,
    CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
    CDK_LAMBDA_PYTHON_REMOTE_STORE: remote,
    HOME: folder,
  };
  const main = path.join(repository, 'lib/cli/main.js');
  return {
    folder,
    run: (argv: readonly string[], changes: NodeJS.ProcessEnv = {}): Promise<Ended> =>
      run(process.execPath, [main, 'run', 'cdk.out', ...argv], folder, { ...environment, ...changes }),
  };
};

const zipsIn = (stdout: string): readonly string[] =>
  stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '');

const withUv = environmentWith({ uv: true });
const withNothing = { ...environmentWith({}), CDK_DOCKER: '/nonexistent/docker' };

let made: string;

test('three machines make a shard each, and leave what they have installed', async () => {
  made = assembly();
  const ended = await Promise.all(
    ['1/3', '2/3', '3/3'].map((shard) => machine(made, withUv).run(['--shard', shard])),
  );
  for (const { status, stdout, stderr } of ended) {
    assert.is(status, 0, stderr);
    assert.is(zipsIn(stdout).length, 2);
    assert.is(stderr.match(/installed by host/g)?.length, 1, stderr);
  }
  const keys = await aws.keys(BUCKET);
  const modules = keys.filter((key) => /^team\/v\d+\/modules\/[0-9a-f]{64}\.(zip|json)$/.test(key));
  assert.is(modules.length, 6, keys.join('\n'));
});

test('a fresh machine that can install nothing makes all of them', async () => {
  const { status, stdout, stderr } = await machine(made, withNothing).run([]);
  assert.is(status, 0, stderr);
  assert.not.match(stderr, 'installed by');
  assert.is(stderr.match(/taken from the shared store s3:\/\/shared-store\/team/g)?.length, 3, stderr);
  const zips = zipsIn(stdout);
  assert.is(zips.length, 6);
  const answers = await Promise.all(
    zips.map(async (zip) => {
      const answer = await invoke(zip, 'index.lambda_handler', {}, { python: findPython('3.11') ?? '' });
      if (!answer.ok) throw new Error(answer.stderr);
      return answer.payload as readonly [string, readonly string[]];
    }),
  );
  const names = [['six'], ['idna'], ['idna', 'six']];
  assert.equal(
    [...answers].sort(([a], [b]) => (a < b ? -1 : 1)),
    ['a0', 'a1', 'a2', 'b0', 'b1', 'b2'].map((name) => [name, names[Number(name[1])]]),
  );
});

test('a corrupt object is told, and its set is installed and put right', async () => {
  const key = (await aws.keys(BUCKET)).find((one) => one.includes('/modules/') && one.endsWith('.zip')) ?? '';
  const content = await aws.object(BUCKET, key);
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 255;
  const url = `${aws.environment['AWS_ENDPOINT_URL']}/${BUCKET}/${key}`;
  await fetch(url, {
    method: 'PUT',
    body: new Uint8Array(content),
    headers: { authorization: 'AWS test:test' },
  });
  const { status, stdout, stderr } = await machine(made, withUv).run([]);
  assert.is(status, 0, stderr);
  assert.is(zipsIn(stdout).length, 6);
  assert.match(
    stderr,
    /the shared store s3:\/\/shared-store\/team was left out, v\d+\/modules\/[0-9a-f]+\.zip: .* holds other bytes/,
  );
  assert.is(stderr.match(/installed by host/g)?.length, 1, stderr);
  const again = await machine(made, withNothing).run([]);
  assert.is(again.status, 0, again.stderr);
});

/** A server in the place of S3. */
const instead = async (
  answer: (respond: (status: number, body: string) => void) => void,
  work: (url: string) => Promise<void>,
): Promise<void> => {
  const server = createServer((_, response) => {
    answer((status, body) => {
      response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

test('where it is denied, or nobody answers, bundles are made all the same', async () => {
  const denied = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
  await instead(
    (respond) => respond(403, denied),
    async (url) => {
      const { status, stdout, stderr } = await machine(made, withUv).run([], { AWS_ENDPOINT_URL: url });
      assert.is(status, 0, stderr);
      assert.is(zipsIn(stdout).length, 6);
      assert.match(stderr, 's3://shared-store/team was left out, reading v4/modules/');
      assert.match(stderr, 'AccessDenied: Access Denied');
    },
  );
  const gone = await machine(made, withUv).run(['--shard', '1/3'], {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  });
  assert.is(gone.status, 0, gone.stderr);
  assert.match(gone.stderr, 'ECONNREFUSED');
});

test('one that takes a request and never answers is left out', async () => {
  await instead(
    () => undefined,
    async (url) => {
      const { status, stdout, stderr } = await machine(made, withUv).run([], { AWS_ENDPOINT_URL: url });
      assert.is(status, 0, stderr);
      assert.is(zipsIn(stdout).length, 6);
      assert.is(stderr.match(/s3:\/\/shared-store\/team was left out/g)?.length, 1, stderr);
    },
  );
});

test('a folder will do as well', async () => {
  const shared = path.join(temporaryFolder(), 'shared');
  assert.is((await machine(made, withUv, shared).run([])).status, 0);
  const { status, stderr } = await machine(made, withNothing, shared).run([]);
  assert.is(status, 0, stderr);
  assert.is(stderr.match(/taken from the shared store/g)?.length, 3);
});

runWith(test, '3.11');
