import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LEAST_PRIVILEGES } from '../../src/plan/install/container-privileges';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { asJson, file, folder, planned, request, requirements, snapshot } from './support/world';

const test = suite('plan: requirements, includes, -e ../y and docker options, for 3.13 on arm64');

/** Words of an argument vector, for reading. */
const words = (text: string): readonly string[] => text.split(' ');

/** Variables that choose versions. */
const CHOOSING =
  'UV_EXCLUDE_NEWER UV_FORK_STRATEGY UV_NO_SOURCES UV_NO_SOURCES_PACKAGE UV_PRERELEASE UV_RESOLUTION UV_TORCH_BACKEND ' +
  'PIP_ALL_RELEASES PIP_IGNORE_REQUIRES_PYTHON PIP_NO_DEPS PIP_ONLY_FINAL PIP_PRE PIP_PREFER_BINARY PIP_UPLOADED_PRIOR_TO';

const TAGS = [
  ...Array.from({ length: 18 }, (_, older) => `manylinux_2_${34 - older}_aarch64`),
  'manylinux2014_aarch64',
];

/** A script of this library, and what it gets. */
const COMMAND = [
  'python',
  '-I',
  '/asset-tools/install.py',
  '{"folder":"/asset-input/fn","installers":[[["/asset-tools/uv","pip","install","--python","{python}","--python-version","3.13",' +
    '"--python-platform","aarch64-manylinux_2_34","--target","{output}","--no-config","--verify-hashes","--no-installer-metadata","--link-mode","copy","--cache-dir","/asset-cache/uv","--requirement",' +
    '"requirements.txt"]],[["{python}","-I","-m","pip","install","--disable-pip-version-check","--no-input",' +
    '"--no-compile","--cache-dir","/asset-cache/pip","--target","{output}","--python-version","3.13","--implementation","cp",' +
    `${[...TAGS, 'linux_aarch64'].map((tag) => `"--platform","${tag}",`).join('')}"--requirement",` +
    '"requirements.txt"]]],"markers":{"implementation_name":"cpython","implementation_version":"3.13.0","os_name":"posix",' +
    '"platform_machine":"aarch64","platform_python_implementation":"CPython","platform_release":"","platform_system":"Linux",' +
    '"platform_version":"","python_full_version":"3.13.0","python_version":"3.13","sys_platform":"linux"},"localPackages":["y"],' +
    '"output":"/asset-output","isPinned":false,"bytecode":{"tag":"cpython-313","prefix":"/var/task",' +
    '"exclude":["test","tests"],"output":"/asset-bytecode"}}',
];

const GOLDEN = {
  version: 1,
  label: 'Api/Fn',
  kind: 'function',
  entry: {
    file: '/app/fn/index.py',
    root: '/app/fn',
    path: 'index.py',
  },
  handler: 'index.main',
  runtime: {
    name: 'python3.13',
    python: '3.13',
    architecture: 'arm64',
    glibc: '2.34',
    platformTags: TAGS,
    source: 'prop',
  },
  alsoFor: { architectures: [], runtimes: [] },
  image: 'example/build:1',
  sources: [
    {
      from: 'index.py',
      path: 'index.py',
      size: 1,
      executable: false,
      digest: 'de7d1b721a1e0632b7cf04edf5032c8ecffa9f9a08492152b926f1a5a7e765d7',
    },
  ],
  install: {
    executor: 'docker',
    sdist: 'docker',
    declaration: '/app/fn/requirements.txt',
    inputs: [
      {
        path: 'fn/requirements.txt',
        from: '/app/fn/requirements.txt',
        digest: '94ad1343c262f01f17aa824f3731c649466a7cdc66ee5cd9fae2cde42e3af1c2',
        hashed: '27f5e6f37a82e85325e5b73a230856b7eed3fa3efd05f21062ad3848782393a1',
        executable: false,
        edits: [
          {
            from: 4,
            to: 4,
            text: '../y[extra] ; python_version >= "3.8"',
          },
        ],
      },
      {
        path: 'base.txt',
        from: '/app/base.txt',
        digest: '366a16322091ede029247cb2219305619cd46fad04dcbd5e4ad768edeece862e',
        hashed: '366a16322091ede029247cb2219305619cd46fad04dcbd5e4ad768edeece862e',
        executable: false,
        edits: [],
      },
      {
        path: 'fn/constraints.txt',
        from: '/app/fn/constraints.txt',
        digest: '881ef27b2855ebefa12718ca0397e3f9d3e96afcb2d9e3533dac7d3916a0221d',
        hashed: '881ef27b2855ebefa12718ca0397e3f9d3e96afcb2d9e3533dac7d3916a0221d',
        executable: false,
        edits: [],
      },
      {
        path: 'y/pyproject.toml',
        from: '/app/y/pyproject.toml',
        digest: 'f625e688ac02063a353ec00100393dc5a16313d11a656a5fedde4228ad0ef423',
        hashed: 'f625e688ac02063a353ec00100393dc5a16313d11a656a5fedde4228ad0ef423',
        executable: false,
        edits: [],
      },
    ],
    generated: [],
    requirements: ['requirements.txt'],
    isLocked: false,
    isHashed: false,
    isExact: true,
    resolvedAsOf: null,
    leftOut: { omit: [], requested: [], exclude: [] },
    declared: { variables: null, indexes: [], mounts: [], volumesDigest: 'v1', onlyFor: null },
    hooks: { before: [], after: [] },
    isWhole: false,
    workingDirectory: 'fn',
    mayBeEmpty: false,
    host: {
      localPackages: ['y'],
      tools: [
        {
          tool: 'uv',
          programs: [['uv'], ['python3', '-m', 'uv'], ['python', '-m', 'uv']],
          minimumVersion: '0.9.16',
          runs: [
            words(
              'pip install --target {output} --python-version 3.13 --python-platform aarch64-manylinux_2_34 ' +
                '--only-binary :all: --no-config --verify-hashes --no-installer-metadata --link-mode hardlink --requirement ' +
                'requirements.txt',
            ),
          ],
        },
        {
          tool: 'pip',
          programs: [
            ['python3', '-m', 'pip'],
            ['python', '-m', 'pip'],
          ],
          minimumVersion: '23.0.0',
          runs: [
            words(
              'install --disable-pip-version-check --no-input --no-compile --target {output} --python-version ' +
                '3.13 --implementation cp --platform manylinux_2_34_aarch64 --platform manylinux_2_33_aarch64 ' +
                '--platform manylinux_2_32_aarch64 --platform manylinux_2_31_aarch64 --platform ' +
                'manylinux_2_30_aarch64 --platform manylinux_2_29_aarch64 --platform manylinux_2_28_aarch64 ' +
                '--platform manylinux_2_27_aarch64 --platform manylinux_2_26_aarch64 --platform ' +
                'manylinux_2_25_aarch64 --platform manylinux_2_24_aarch64 --platform manylinux_2_23_aarch64 ' +
                '--platform manylinux_2_22_aarch64 --platform manylinux_2_21_aarch64 --platform ' +
                'manylinux_2_20_aarch64 --platform manylinux_2_19_aarch64 --platform manylinux_2_18_aarch64 ' +
                '--platform manylinux_2_17_aarch64 --platform manylinux2014_aarch64 --only-binary :all: ' +
                '--requirement requirements.txt',
            ),
          ],
        },
      ],
      markers: {
        implementation_name: 'cpython',
        implementation_version: '3.13.0',
        os_name: 'posix',
        platform_machine: 'aarch64',
        platform_python_implementation: 'CPython',
        platform_release: '',
        platform_system: 'Linux',
        platform_version: '',
        python_full_version: '3.13.0',
        python_version: '3.13',
        sys_platform: 'linux',
      },
      environment: { CC: 'false', CXX: 'false', RUSTC: 'false' },
    },
    docker: {
      image: 'example/build:1',
      platform: 'linux/arm64',
      user: '1000:1000',
      network: 'host',
      ...LEAST_PRIVILEGES,
      volumesFrom: [],
      fileAccess: 'bind',
      mounts: [
        { source: 'input', target: '/asset-input', readOnly: false },
        { source: 'output', target: '/asset-output', readOnly: false },
        { source: 'bytecode', target: '/asset-bytecode', readOnly: false },
        {
          source: 'tools',
          target: '/asset-tools',
          readOnly: true,
        },
        { source: 'cache', target: '/asset-cache', readOnly: false },
        {
          source: '/srv/a,"b"',
          target: '/wheels',
          readOnly: true,
        },
      ],
      environment: words(
        'PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST PIP_NO_INDEX PIP_DEFAULT_TIMEOUT PIP_RETRIES ' +
          'HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy UV_DEFAULT_INDEX UV_INDEX ' +
          'UV_INDEX_URL UV_EXTRA_INDEX_URL UV_INDEX_STRATEGY UV_INSECURE_HOST UV_FIND_LINKS UV_NO_INDEX ' +
          'UV_HTTP_TIMEOUT ' +
          `${CHOOSING} ` +
          'CDK_LAMBDA_PYTHON_URL_0_0 TOKEN',
      ),
      workingDirectory: '/asset-input/fn',
      entrypoint: null,
      command: COMMAND,
      argv: [
        ...words(
          'run --rm --platform linux/arm64 --user 1000:1000 --network host --cap-drop ALL --security-opt no-new-privileges --pids-limit 1024 --mount ' +
            'type=bind,source={input},target=/asset-input --mount ' +
            'type=bind,source={output},target=/asset-output --mount ' +
            'type=bind,source={bytecode},target=/asset-bytecode --mount ' +
            'type=bind,source={tools},target=/asset-tools,readonly --mount ' +
            'type=bind,source={cache},target=/asset-cache --mount ' +
            'type=bind,"source=/srv/a,""b""",target=/wheels,readonly --env HOME=/tmp --env PIP_INDEX_URL ' +
            '--env PIP_EXTRA_INDEX_URL --env PIP_TRUSTED_HOST --env PIP_NO_INDEX --env PIP_DEFAULT_TIMEOUT ' +
            '--env PIP_RETRIES --env HTTP_PROXY --env HTTPS_PROXY --env NO_PROXY --env http_proxy --env ' +
            'https_proxy --env no_proxy --env UV_DEFAULT_INDEX --env UV_INDEX --env UV_INDEX_URL --env ' +
            'UV_EXTRA_INDEX_URL --env UV_INDEX_STRATEGY --env UV_INSECURE_HOST --env UV_FIND_LINKS --env ' +
            'UV_NO_INDEX --env UV_HTTP_TIMEOUT ' +
            `${words(CHOOSING)
              .map((name) => `--env ${name} `)
              .join('')}` +
            '--env CDK_LAMBDA_PYTHON_URL_0_0 --env TOKEN --workdir /asset-input/fn example/build:1',
        ),
        ...COMMAND,
      ],
    },
  },
  dependenciesIn: 'bundle',
  bytecode: { mode: 'auto', tag: 'cpython-313', prefix: '/var/task', exclude: ['test', 'tests'] },
  output: {
    packaging: 'zip',
    path: '/app/cdk.out/asset.db21774273f11094ac82720b6e5ef88a9b871a95fbad6602ff9180b7926a8720.zip',
    prefix: '.',
    maximumSize: 262144000,
    sbom: false,
  },
  hash: {
    dependencies: '98ab1c375e860a1573bbdab27e14166b6ea76e4e6dac6a184c0ecf8bb48dc82e',
    bytecode: 'e6c7d2409420ffbf17b6bdfc6ca156d52571f21dc0b7961c340c7a946e0d4ba7',
    content: 'db21774273f11094ac82720b6e5ef88a9b871a95fbad6602ff9180b7926a8720',
    asset: 'db21774273f11094ac82720b6e5ef88a9b871a95fbad6602ff9180b7926a8720',
  },
  warnings: [
    {
      _tag: 'RemoteInclude',
      file: '/app/base.txt',
      line: 1,
    },
  ],
};

const seen = snapshot({
  entry: { root: '/app/fn', path: 'index.py', source: 'async def main(event, context): ...\n' },
  files: [file('index.py', 'i'), file('constraints.txt', 'c'), file('requirements.txt', 'r')],
  requirements: requirements(
    {
      '/app/fn/requirements.txt':
        '--index-url https://u:p@h/simple\n-r ../base.txt\n-c constraints.txt\n' +
        '-e ../y[extra] ; python_version >= "3.8"\nrequests==2.32.3 \\\n    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000\n',
      '/app/base.txt': `-r https://h/more.txt\nsix==1.17.0 --hash=sha256:${'1'.repeat(64)}\n`,
      '/app/fn/constraints.txt': 'urllib3<3\n',
    },
    [folder('y', '/app/y')],
  ),
});
const asked = request({
  label: 'Api/Fn',
  entry: { _tag: 'ByPath', path: '/app/fn', index: 'index.py' },
  handler: 'main',
  runtime: { prop: 'python3.13' },
  architecture: 'arm64',
  executor: 'docker',
  docker: {
    image: 'example/build:1',
    network: 'host',
    user: '1000:1000',
    environment: ['TOKEN', 'PIP_INDEX_URL'],
    volumesDigest: 'v1',
    volumes: [{ hostPath: '/srv/a,"b"', containerPath: '/wheels', readOnly: true }],
  },
});
const plan = planned(asked, seen);

test('it is exactly this, field by field and in this order', () => {
  assert.equal(plan, GOLDEN);
  assert.is(JSON.stringify(plan), JSON.stringify(GOLDEN));
});

test('it can be written down and read', () => {
  assert.equal(decodePlan(asJson(plan)), { _tag: 'Right', right: GOLDEN });
});

test.run();
