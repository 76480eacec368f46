import { once } from 'node:events';
import * as fs from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { givingUp } from '../../../src/exec/shared-store/failing-remote-store';
import { remoteS3 } from '../../../src/exec/shared-store/remote-s3';
import { temporaryFolder } from '../../support/temporary';
import type { RemoteStore } from '../../../src/exec/shared-store/object-store';

const test = suite('a shared store in S3 that is slow');

let answer: RequestListener = () => undefined;
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  answer(request, response);
});

test.before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  });
});
test.after(() => {
  server.closeAllConnections();
  server.close();
});

const SLOW = 'nothing, or next to nothing, came in 0.5 s';

const remote = (): RemoteStore => remoteS3('bucket', 'team', 500);
const target = (): string => path.join(temporaryFolder(), 'object');

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it did not fail',
    (error: unknown) => (error as Error).message,
  );

const dripping: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': '1000000' });
  const timer = setInterval(() => response.write('.'), 50);
  response.on('close', () => clearInterval(timer));
};

test('an object that comes fast enough, in pieces', async () => {
  answer = (_, response) => {
    let left = 8;
    const timer = setInterval(() => {
      response.write(Buffer.alloc(20_000));
      if (--left > 0) return;
      clearInterval(timer);
      response.end();
    }, 150);
  };
  const file = target();
  assert.is(await remote().get('key', file), true);
  assert.is(fs.statSync(file).size, 160_000);
});

test('nobody answers, or one byte comes at a time: it is given up', async () => {
  for (const slow of [() => undefined, dripping]) {
    answer = slow;
    assert.is(await failure(remote().get('key', target())), SLOW);
  }
});

test('what is to be kept is not taken', async () => {
  answer = () => undefined;
  const file = target();
  fs.writeFileSync(file, Buffer.alloc(64));
  assert.is(await failure(remote().put('key', file)), SLOW);
});

test('a file of this machine that cannot be written is told, and ends nothing else', async () => {
  answer = (_, response) => void response.end('content');
  assert.match(await failure(remote().get('key', path.join(target(), 'nowhere'))), /^ENOENT/);
});

test('after that it is asked no more: one fault is told once', async () => {
  answer = () => undefined;
  const store = givingUp(remote());
  requests = 0;
  const both = await Promise.allSettled([store.get('a', target()), store.get('b', target())]);
  assert.equal(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const before = requests;
  assert.is(await store.get('c', target()), false);
  await store.put('c', __filename);
  assert.is(requests, before);
});

test('one that cannot be written to is still read', async () => {
  const store = givingUp({
    name: 'shared',
    get: () => Promise.resolve(true),
    put: () => Promise.reject(new Error('denied')),
  });
  assert.is(await failure(store.put('a', __filename)), 'denied');
  await store.put('a', __filename);
  assert.is(await store.get('a', target()), true);
});

test.run();
