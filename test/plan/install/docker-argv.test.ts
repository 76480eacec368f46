import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LEAST_PRIVILEGES } from '../../../src/plan/install/container-privileges';
import type { DockerLocations } from '../../../src/plan/install/docker-argv';
import { CONTAINER_FOLDERS, dockerArgv, PLACEHOLDERS } from '../../../src/plan/install/docker-argv';
import type { DockerInstall } from '../../../src/plan/model/install-plan';

const test = suite('docker argv');

const docker: Omit<DockerInstall, 'argv'> = {
  image: 'example/build:1',
  platform: 'linux/amd64',
  user: null,
  network: null,
  ...LEAST_PRIVILEGES,
  volumesFrom: [],
  fileAccess: 'bind',
  mounts: [
    { source: 'input', target: CONTAINER_FOLDERS.input, readOnly: false },
    { source: 'output', target: CONTAINER_FOLDERS.output, readOnly: false },
  ],
  environment: [],
  workingDirectory: '/asset-input',
  entrypoint: null,
  command: ['python', '-m', 'pip'],
};

const at = (input: string, output: string, user: string): DockerLocations => ({
  folders: { input, output, bytecode: '/b', tools: '/t', cache: '/c' },
  user,
});

const LEAST = ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--pids-limit', '1024'];

test('the least: places are filled in at the run', () => {
  assert.equal(dockerArgv(docker, at('/tmp/in', '/tmp/out', '501:20')), [
    'run',
    '--rm',
    '--platform',
    'linux/amd64',
    '--user',
    '501:20',
    ...LEAST,
    '--mount',
    'type=bind,source=/tmp/in,target=/asset-input',
    '--mount',
    'type=bind,source=/tmp/out,target=/asset-output',
    '--env',
    'HOME=/tmp',
    '--workdir',
    '/asset-input',
    'example/build:1',
    'python',
    '-m',
    'pip',
  ]);
});

test('all: user, network, volumes and variables by name', () => {
  const options = {
    ...docker,
    user: 'build',
    network: 'none',
    mounts: [...docker.mounts, { source: '/srv/a b', target: '/wheels', readOnly: true }],
    environment: ['TOKEN', 'HOME'],
  };
  assert.equal(dockerArgv(options, PLACEHOLDERS).slice(0, -6), [
    'run',
    '--rm',
    '--platform',
    'linux/amd64',
    '--user',
    'build',
    '--network',
    'none',
    ...LEAST,
    '--mount',
    'type=bind,source={input},target=/asset-input',
    '--mount',
    'type=bind,source={output},target=/asset-output',
    '--mount',
    'type=bind,source=/srv/a b,target=/wheels,readonly',
    '--env',
    'HOME=/tmp',
    '--env',
    'TOKEN',
    '--env',
    'HOME',
  ]);
});

test('the security option and volumes of other containers come before the mounts', () => {
  const argv = dockerArgv(
    { ...docker, network: 'host', securityOpt: 'label=disable', volumesFrom: ['certificates', 'wheels:ro'] },
    PLACEHOLDERS,
  );
  assert.equal(argv.slice(0, 20), [
    'run',
    '--rm',
    '--platform',
    'linux/amd64',
    '--user',
    '{user}',
    '--network',
    'host',
    '--cap-drop',
    'ALL',
    '--security-opt',
    'no-new-privileges',
    '--security-opt',
    'label=disable',
    '--pids-limit',
    '1024',
    '--volumes-from',
    'certificates',
    '--volumes-from',
    'wheels:ro',
  ]);
  assert.is(argv[20], '--mount');
});

test('of an entrypoint docker takes the program as an option, and the rest before the command', () => {
  const end = (entrypoint: readonly string[] | null): readonly string[] => {
    const argv = dockerArgv({ ...docker, entrypoint }, PLACEHOLDERS);
    return argv.slice(argv.indexOf('--workdir') + 2);
  };
  const rest = ['python', '-m', 'pip'];
  assert.equal(end(['/bin/sh', '-c', 'exec "$@"']), [
    '--entrypoint',
    '/bin/sh',
    'example/build:1',
    '-c',
    'exec "$@"',
    ...rest,
  ]);
  assert.equal(end(['env']), ['--entrypoint', 'env', 'example/build:1', ...rest]);
  assert.equal(end(['']), ['--entrypoint', '', 'example/build:1', ...rest]);
  assert.equal(end([]), ['example/build:1', ...rest]);
  assert.equal(end(null), ['example/build:1', ...rest]);
});

test('what is not known when planning is shown by its name', () => {
  assert.equal(PLACEHOLDERS, {
    folders: {
      input: '{input}',
      output: '{output}',
      bytecode: '{bytecode}',
      tools: '{tools}',
      cache: '{cache}',
    },
    user: '{user}',
  });
});

/** A record of RFC 4180, as the engine's client reads `--mount`. */
const readCsv = (record: string): readonly string[] => {
  const fields: string[] = [];
  let rest = record;
  for (;;) {
    const [all, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|$)/.exec(rest) ?? [];
    if (all === undefined) throw new Error(`not CSV: ${rest}`);
    fields.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (all.length === rest.length) return fields;
    rest = rest.slice(all.length + 1);
  }
};

test('any path of a mount is read back as it was', () => {
  const name = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\n', '\r', ':', '=', ' ', '\\', "'", 'ä', '{input}'),
  });
  fc.assert(
    fc.property(name, name, fc.boolean(), (source, target, readOnly) => {
      const mounts = [{ source: `/${source}`, target: `/${target}`, readOnly }];
      const argv = dockerArgv({ ...docker, mounts }, PLACEHOLDERS);
      assert.equal(readCsv(argv[argv.indexOf('--mount') + 1] ?? ''), [
        'type=bind',
        `source=/${source}`,
        `target=/${target}`,
        ...(readOnly ? ['readonly'] : []),
      ]);
    }),
  );
});

test('any place of the inputs and the output is read back as it was', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (input, output) => {
      const argv = dockerArgv(docker, at(`/${input}`, `/${output}`, '0:0'));
      const sources = argv.flatMap((argument, index) =>
        argv[index - 1] === '--mount' ? (readCsv(argument)[1] ?? []) : [],
      );
      assert.equal(sources, [`source=/${input}`, `source=/${output}`]);
    }),
  );
});

test('a netrc file by its path, after all variables, so that its own is the one that counts', () => {
  const argv = dockerArgv(
    { ...docker, environment: ['NETRC'] },
    { ...at('/i', '/o', '0:0'), netrc: '/home/a,b/.netrc' },
  );
  assert.equal(argv.slice(argv.indexOf('HOME=/tmp') + 1, argv.indexOf('--workdir')), [
    '--env',
    'NETRC',
    '--mount',
    'type=bind,"source=/home/a,b/.netrc",target=/asset-netrc,readonly',
    '--env',
    'NETRC=/asset-netrc',
  ]);
});

test('where files are copied, the folders of a run are volumes, and all others are still mounted', () => {
  const mounts = [...docker.mounts, { source: '/srv/wheels', target: '/wheels', readOnly: true }];
  const argv = dockerArgv(
    { ...docker, mounts, fileAccess: 'copy' },
    { ...at('volume-1', 'volume-2', '0:0'), netrc: '/asset-tools/netrc' },
  );
  assert.equal(
    argv.filter((argument) => /^(type|NETRC)=/.test(argument)),
    [
      'type=volume,source=volume-1,target=/asset-input',
      'type=volume,source=volume-2,target=/asset-output',
      'type=bind,source=/srv/wheels,target=/wheels,readonly',
      'NETRC=/asset-tools/netrc',
    ],
  );
});

test.run();
