import { BundlingFileAccess, DockerImage } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dockerRequest, installerVariables } from '../../../src/construct/request/docker-request';

const test = suite('the build container, as props have it');

test('nothing', () => {
  assert.equal(dockerRequest({}), { environment: [], volumes: [] });
  assert.equal(installerVariables({}), {});
});

test('all that a container takes is handed on under its own name', () => {
  const options = {
    platform: 'linux/arm64',
    network: 'host',
    user: '1:1',
    securityOpt: 'no-new-privileges',
    capAdd: ['CHOWN'],
    pidsLimit: 10,
    memory: '2g',
    volumesFrom: ['a'],
    workingDirectory: '/w',
    entrypoint: ['sh', '-c'],
    command: ['make'],
  };
  assert.equal(dockerRequest(options), { ...options, environment: [], volumes: [] });
});

test('an image by its name, or as CDK gives it', () => {
  assert.is(dockerRequest({ image: 'a:1' }).image, 'a:1');
  assert.is(dockerRequest({ image: DockerImage.fromRegistry('b:2') }).image, 'b:2');
});

test('how files get there', () => {
  const access = (bundlingFileAccess: BundlingFileAccess) => dockerRequest({ bundlingFileAccess }).fileAccess;
  assert.is(access(BundlingFileAccess.VOLUME_COPY), 'copy');
  assert.is(access(BundlingFileAccess.BIND_MOUNT), undefined);
});

test('variables by name; those of the environment come before build arguments', () => {
  const options = {
    buildArgs: { A: 's3cr3t-1', B: 's3cr3t-2' },
    environment: { B: 's3cr3t-3', C: 's3cr3t-4' },
  };
  assert.equal(dockerRequest(options).environment, ['A', 'B', 'C']);
  assert.not.match(JSON.stringify(dockerRequest(options)), 's3cr3t');
  assert.equal(installerVariables(options), { A: 's3cr3t-1', B: 's3cr3t-3', C: 's3cr3t-4' });
});

test.run();
