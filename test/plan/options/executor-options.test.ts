import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DockerRequest, ExecutorName } from '../../../src/plan/request/bundle-request';
import { executorErrors } from '../../../src/plan/options/executor-options';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('executor options');

const errors = (executor: ExecutorName, docker: Partial<DockerRequest> = {}): readonly string[] =>
  executorErrors({ executor, docker: { environment: [], volumes: [], ...docker } }).map(showPlanError);

const VOLUMES = [{ hostPath: '/a', containerPath: '/b', readOnly: false }];

test('an executor has one of four names', () => {
  assert.equal(
    (['auto', 'host', 'docker', 'buildkit'] as const).flatMap((executor) => errors(executor)),
    [],
  );
  assert.equal(errors('podman' as ExecutorName), [
    '`bundling.executor` is "podman", but must be one of "auto", "host", "docker", "buildkit".',
  ]);
});

test('a builder is given an image, a platform, a user, variables, commands and the networks of a RUN', () => {
  const docker = {
    image: 'registry.example:5000/a/b:1@sha256:00',
    platform: 'linux/arm64',
    user: '1000:1000',
    environment: ['A'],
    entrypoint: ['a b'],
    command: ['c'],
    workingDirectory: '/w',
    fileAccess: 'copy',
  } as const;
  for (const network of ['none', 'default', 'host', null])
    assert.equal(errors('buildkit', { ...docker, network }), []);
});

test('what a builder knows nothing of is told, all at once', () => {
  const docker = {
    volumes: VOLUMES,
    volumesFrom: ['w'],
    securityOpt: 'label=disable',
    capAdd: ['CHOWN'],
    memory: '2g',
    pidsLimit: 7,
    network: 'bridge2',
  };
  const none = 'but must be left out if `bundling.executor` is "buildkit": a builder has no such option.';
  const told = errors('buildkit', docker);
  assert.equal(told.slice(1), [
    `\`bundling.volumesFrom\` is "[\\"w\\"]", ${none}`,
    `\`bundling.securityOpt\` is "\\"label=disable\\"", ${none}`,
    `\`bundling.capAdd\` is "[\\"CHOWN\\"]", ${none}`,
    `\`bundling.memory\` is "\\"2g\\"", ${none}`,
    `\`bundling.pidsLimit\` is "7", ${none}`,
    '`bundling.network` is "bridge2", but must be one of "none", "default", "host" if `bundling.executor` is "buildkit".',
  ]);
  assert.match(told[0] ?? '', /^`bundling\.volumes` is /);
  assert.equal(errors('docker', docker), []);
});

test('what would not be one word of a Dockerfile is told', () => {
  const word = 'but must be a name without spaces if `bundling.executor` is "buildkit".';
  assert.equal(errors('buildkit', { image: 'a AS b', platform: '$X', user: '0 0' }), [
    `\`bundling.image\` is "a AS b", ${word}`,
    `\`bundling.platform\` is "$X", ${word}`,
    `\`bundling.user\` is "0 0", ${word}`,
  ]);
});

test.run();
