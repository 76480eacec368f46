import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LEAST_PRIVILEGES } from '../../../src/plan/install/container-privileges';
import { CONTAINER_FOLDERS, dockerArgv } from '../../../src/plan/install/docker-argv';
import type { CopyRun } from '../../../src/plan/install/volume-copy';
import {
  copyIn,
  copyNames,
  copyOut,
  copyRemove,
  copyRun,
  copyStop,
} from '../../../src/plan/install/volume-copy';

const test = suite('the commands of a run on copies');

const names = copyNames('t0');

const run: CopyRun = {
  docker: {
    image: 'example/build:1',
    platform: 'linux/arm64',
    user: null,
    network: 'host',
    ...LEAST_PRIVILEGES,
    volumesFrom: ['other'],
    fileAccess: 'copy',
    mounts: [
      { source: 'input', target: CONTAINER_FOLDERS.input, readOnly: false },
      { source: 'output', target: CONTAINER_FOLDERS.output, readOnly: false },
      { source: 'bytecode', target: CONTAINER_FOLDERS.bytecode, readOnly: false },
      { source: 'tools', target: CONTAINER_FOLDERS.tools, readOnly: true },
      { source: 'cache', target: CONTAINER_FOLDERS.cache, readOnly: false },
      { source: '/srv/wheels', target: '/wheels', readOnly: false },
    ],
    environment: ['TOKEN'],
    workingDirectory: '/asset-input',
    entrypoint: null,
    command: ['python', 'x'],
  },
  names,
  folders: { input: '/t/in', output: '/t/out', bytecode: '/t/byte', tools: '/t/tools', cache: '/t/cache' },
  user: '501:20',
};

test('every name has the token', () => {
  assert.equal(names, {
    helper: 'cdk-lambda-python-t0-files',
    run: 'cdk-lambda-python-t0-run',
    volumes: {
      input: 'cdk-lambda-python-t0-input',
      output: 'cdk-lambda-python-t0-output',
      bytecode: 'cdk-lambda-python-t0-bytecode',
      tools: 'cdk-lambda-python-t0-tools',
      cache: 'cdk-lambda-python-t0-cache',
    },
  });
});

test('before the run: volumes, files, and their owner', () => {
  assert.equal(copyIn(run), [
    [
      'create',
      '--name',
      'cdk-lambda-python-t0-files',
      '--platform',
      'linux/arm64',
      '--user',
      '0:0',
      '--network',
      'none',
      '--cap-drop',
      'ALL',
      '--cap-add',
      'CHOWN',
      '--cap-add',
      'DAC_OVERRIDE',
      '--security-opt',
      'no-new-privileges',
      '--pids-limit',
      '1024',
      ...['input', 'output', 'bytecode', 'tools', 'cache'].flatMap((folder) => [
        '--mount',
        `type=volume,source=cdk-lambda-python-t0-${folder},target=/asset-${folder}`,
      ]),
      '--entrypoint',
      'chown',
      'example/build:1',
      '-R',
      '501:20',
      '/asset-input',
      '/asset-output',
      '/asset-bytecode',
      '/asset-tools',
      '/asset-cache',
    ],
    ['cp', '/t/in/.', 'cdk-lambda-python-t0-files:/asset-input'],
    ['cp', '/t/byte/.', 'cdk-lambda-python-t0-files:/asset-bytecode'],
    ['cp', '/t/tools/.', 'cdk-lambda-python-t0-files:/asset-tools'],
    ['start', '--attach', 'cdk-lambda-python-t0-files'],
  ]);
});

test('the run: as with mounted folders, network and all, but for their source', () => {
  const argv = copyRun(run);
  assert.equal(argv.slice(0, 4), ['run', '--name', 'cdk-lambda-python-t0-run', '--rm']);
  assert.equal(
    argv.filter((argument) => argument.startsWith('type=')),
    [
      'type=volume,source=cdk-lambda-python-t0-input,target=/asset-input',
      'type=volume,source=cdk-lambda-python-t0-output,target=/asset-output',
      'type=volume,source=cdk-lambda-python-t0-bytecode,target=/asset-bytecode',
      'type=volume,source=cdk-lambda-python-t0-tools,target=/asset-tools,readonly',
      'type=volume,source=cdk-lambda-python-t0-cache,target=/asset-cache',
      'type=bind,source=/srv/wheels,target=/wheels',
    ],
  );
  const mounted = dockerArgv(
    { ...run.docker, fileAccess: 'bind' },
    { folders: names.volumes, user: '501:20' },
  );
  const others = (all: readonly string[]) => all.filter((argument) => !argument.startsWith('type='));
  assert.equal(others(argv), ['run', '--name', 'cdk-lambda-python-t0-run', ...others(mounted).slice(1)]);
  assert.ok(argv.join(' ').includes('--pids-limit 1024 --volumes-from other'));
});

test('a user of its own owns the files', () => {
  const [create = []] = copyIn({ ...run, docker: { ...run.docker, user: 'build' } });
  assert.equal(create.slice(create.indexOf('-R'), create.indexOf('-R') + 2), ['-R', 'build']);
});

test('a netrc file goes into the volume of the tools, before they are given to the run’s user', () => {
  const withNetrc = { ...run, netrc: '/home/me/.netrc' };
  assert.equal(copyIn(withNetrc).slice(-2), [
    ['cp', '/home/me/.netrc', 'cdk-lambda-python-t0-files:/asset-tools/netrc'],
    ['start', '--attach', 'cdk-lambda-python-t0-files'],
  ]);
  const argv = copyRun(withNetrc);
  assert.ok(argv.includes('NETRC=/asset-tools/netrc'));
  assert.not.ok(argv.join(' ').includes('/home/me'));
});

test('after the run: modules and byte code; then all that was made goes', () => {
  assert.equal(copyOut(run), [
    ['cp', 'cdk-lambda-python-t0-files:/asset-output/.', '/t/out'],
    ['cp', 'cdk-lambda-python-t0-files:/asset-bytecode/.', '/t/byte'],
  ]);
  assert.equal(copyStop(run), ['rm', '--force', 'cdk-lambda-python-t0-run']);
  assert.equal(copyRemove(run), [
    ['rm', '--force', 'cdk-lambda-python-t0-run', 'cdk-lambda-python-t0-files'],
    ['volume', 'rm', '--force', ...Object.values(names.volumes)],
  ]);
});

test('only the folders that the run has', () => {
  const mounts = run.docker.mounts.filter(({ source }) => ['bytecode', 'tools'].includes(source));
  const few = { ...run, docker: { ...run.docker, mounts } };
  assert.equal(
    [...copyIn(few), ...copyOut(few), ...copyRemove(few)]
      .flat()
      .filter((argument) => /input|output|cache/.test(argument)),
    [],
  );
});

test.run();
