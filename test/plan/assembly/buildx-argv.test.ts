import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildxArgv } from '../../../src/plan/assembly/buildx-argv';

const test = suite('buildx arguments');

const BUILD = {
  docker: { platform: 'linux/amd64', network: null },
  context: '/t/context',
  dockerfile: '/t/context/Dockerfile',
  output: '/t/context/built',
  secrets: [],
};

test('a build by the default builder', () => {
  assert.equal(buildxArgv(BUILD), [
    'buildx',
    'build',
    '--progress',
    'plain',
    '--provenance=false',
    '--sbom=false',
    '--platform',
    'linux/amd64',
    '--file',
    '/t/context/Dockerfile',
    '--output',
    'type=local,dest=/t/context/built',
    '/t/context',
  ]);
});

test('a builder, a cache, secrets by name, a netrc file, the network of the builder, a path with a comma', () => {
  const argv = buildxArgv({
    ...BUILD,
    docker: { platform: 'linux/arm64', network: 'host' },
    builder: 'fleet-1',
    output: '/a,b',
    secrets: ['A', 'B'],
    netrc: '/home/me/,netrc',
    cache: 'type=registry,ref=r.example/c:k',
  });
  assert.equal(argv.slice(2, 4), ['--builder', 'fleet-1']);
  assert.equal(argv.slice(9, -5), [
    'linux/arm64',
    '--network',
    'host',
    '--allow',
    'network.host',
    '--cache-from',
    'type=registry,ref=r.example/c:k',
    '--cache-to',
    'type=registry,ref=r.example/c:k,ignore-error=true',
    '--secret',
    'id=A,env=A',
    '--secret',
    'id=B,env=B',
    '--secret',
    'id=netrc-file,"src=/home/me/,netrc"',
  ]);
  assert.is(argv.at(-2), 'type=local,"dest=/a,b"');
});

test('what a build may not reach needs no permission', () => {
  const argv = buildxArgv({ ...BUILD, docker: { platform: 'linux/amd64', network: 'none' } });
  assert.equal(argv.slice(8, 11), ['--network', 'none', '--file']);
});

test.run();
