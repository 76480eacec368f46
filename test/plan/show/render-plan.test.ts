import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { renderPlan } from '../../../src/plan/show/render-plan';
import { file, folder, planned, request, requiring, snapshot, SOURCE } from '../support/world';

const test = suite('render plan');

const ASSET = /[0-9a-f]{64}/g;
const rendered = (...args: Parameters<typeof planned>): string =>
  renderPlan(planned(...args)).replace(ASSET, '<hash>');
const python = { runtime: { prop: '3.13' } };

test('the least, with a warning', () => {
  assert.is(
    rendered(),
    `function      Stack/my_handler
entry         /app/lib/stack.my_handler.py
handler       stack_my_handler.lambda_handler
runtime       python3.7 on x86_64, glibc 2.17 (from: default)
image         public.ecr.aws/sam/build-python3.7
sources       1 file, 49 B, from /app/lib
  stack_my_handler.py  (from stack.my_handler.py)
dependencies  none
bytecode      cpython-37, if such a Python is available
output        /app/cdk.out/asset.<hash>.zip
asset hash    <hash>
warning       No runtime was set, so the documented default python3.7 is used; AWS creates no functions on it since 2024-01-09. Set the \`runtime\` prop, the context key \`cdk-lambda-python:runtime\` (for instance "python3.13"), or a \`.python-version\` file beside the entry.`,
  );
});

test('dependencies, with every command as it can be read', () => {
  const docker = {
    environment: [],
    volumesDigest: 'v1',
    volumes: [{ hostPath: "/it's", containerPath: '/w', readOnly: false }],
  };
  assert.is(
    rendered(
      request({ ...python, bytecode: 'require', executor: 'host', docker }),
      requiring('-e ../y\n', folder('y', '/app/y')),
    ),
    `function      Stack/my_handler
entry         /app/lib/stack.my_handler.py
handler       stack_my_handler.lambda_handler
runtime       python3.13 on x86_64, glibc 2.34 (from: prop)
image         public.ecr.aws/sam/build-python3.13
sources       1 file, 49 B, from /app/lib
  stack_my_handler.py  (from stack.my_handler.py)
dependencies  by host, from lib/requirements.txt, y/pyproject.toml
  uv          pip install --target {output} --python-version 3.13 --python-platform x86_64-manylinux_2_34 --only-binary :all: --no-binary y --no-config --verify-hashes --no-installer-metadata --link-mode hardlink --requirement requirements.txt
  pip         install --disable-pip-version-check --no-input --no-compile --target {output} --python-version 3.13 --implementation cp --platform manylinux_2_34_x86_64 (… 32 more --platform) --only-binary :all: --requirement requirements.txt
  docker      run --rm --platform linux/amd64 --user {user} --cap-drop ALL --security-opt no-new-privileges --pids-limit 1024 --mount type=bind,source={input},target=/asset-input --mount type=bind,source={output},target=/asset-output --mount type=bind,source={bytecode},target=/asset-bytecode --mount type=bind,source={tools},target=/asset-tools,readonly --mount type=bind,source={cache},target=/asset-cache --mount 'type=bind,source=/it'\\''s,target=/w' --env HOME=/tmp (… 35 more --env) --workdir /asset-input/lib public.ecr.aws/sam/build-python3.13 python -I /asset-tools/install.py (…)
    inside    /asset-tools/uv pip install --python {python} --python-version 3.13 --python-platform x86_64-manylinux_2_34 --target {output} --no-config --verify-hashes --no-installer-metadata --link-mode copy --cache-dir /asset-cache/uv --requirement requirements.txt
    inside    {python} -I -m pip install --disable-pip-version-check --no-input --no-compile --cache-dir /asset-cache/pip --target {output} --python-version 3.13 --implementation cp --platform manylinux_2_34_x86_64 (… 33 more --platform) --requirement requirements.txt
bytecode      cpython-313
output        /app/cdk.out/asset.<hash>.zip
asset hash    <hash>`,
  );
});

/** The rows of a plan that begin with one of some names. */
const rowsNamed = (plan: BundlePlan, ...names: readonly string[]): readonly string[] =>
  renderPlan(plan)
    .split('\n')
    .filter((row) => names.includes(row.slice(0, 14).trim()));

test('several runs are a line each', () => {
  const plan = planned(request(python), requiring('six\n'));
  if (plan.install === null) throw new Error('no install');
  const { host, docker } = plan.install;
  const task: ContainerTask = {
    ...(JSON.parse(docker.command[3] ?? '') as ContainerTask),
    installers: [
      [['uv', 'a b']],
      [
        ['pip', 'a'],
        ['pip', 'b'],
      ],
    ],
  };
  const install: InstallPlan = {
    ...plan.install,
    host: {
      ...host,
      tools: host.tools.map((tool) => ({
        ...tool,
        runs: [
          ['install', 'a'],
          ['install', 'b'],
        ],
      })),
    },
    docker: { ...docker, command: [...docker.command.slice(0, 3), JSON.stringify(task)] },
  };
  assert.equal(rowsNamed({ ...plan, install }, 'uv', 'pip', 'inside'), [
    '  uv          install a',
    '  uv          install b',
    '  pip         install a',
    '  pip         install b',
    "    inside    uv 'a b'",
    '    inside    pip a',
    '    inside    pip b',
  ]);
});

test('a command of one’s own is shown as it is', () => {
  const docker = {
    environment: [],
    volumes: [],
    command: ['bash', '-c', 'make all'],
    entrypoint: ['env', 'A=b'],
  };
  const rows = rowsNamed(planned(request({ ...python, docker }), requiring('six\n')), 'docker', 'inside');
  assert.is(rows.length, 1);
  assert.match(
    rows[0] ?? '',
    / --workdir \/asset-input --entrypoint env public\.ecr\.aws\/sam\/build-python3\.13 A=b bash -c 'make all'$/,
  );
});

test('a layer has no handler', () => {
  const { entry, ...plan } = planned(request(python));
  const layer: BundlePlan = {
    ...plan,
    kind: 'layer',
    entry: { file: entry.root, root: entry.root, path: null },
    handler: null,
  };
  assert.equal(rowsNamed(layer, 'function', 'layer', 'entry', 'handler'), [
    'layer         Stack/my_handler',
    'entry         /app/lib',
  ]);
});

const rowsOf = (text: string, from: string): readonly string[] => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(from));
  return lines.slice(
    start,
    lines.findIndex((line, index) => index > start && !line.startsWith('  ')),
  );
};

test('the first twenty sources, and how many more there are', () => {
  const files = (count: number) => [
    file('stack.my_handler.py', SOURCE),
    ...Array.from({ length: count - 1 }, (_, index) => file(`a${String(index).padStart(2, '0')}`)),
  ];
  const rows = (count: number): readonly string[] =>
    rowsOf(rendered(request(python), snapshot({ files: files(count) })), 'sources');
  assert.is(rows(20).length, 21);
  assert.is(rows(20).at(-1), '  stack_my_handler.py  (from stack.my_handler.py)');
  assert.is(rows(20)[1], '  a00');
  assert.is(rows(22).length, 22);
  assert.is(rows(22).at(-1), '  … and 2 more');
  assert.is(rows(22)[0], 'sources       22 files, 49 B, from /app/lib');
});

test('the first five inputs, the requirements files before all others', () => {
  const files = ['a', 'b', 'c', 'd', 'setup.py', 't'].map((name) => file(name));
  const short = [...files.slice(0, 3), file('setup.py')];
  const row = (count: number): string | undefined =>
    rowsOf(
      rendered(
        request(python),
        requiring('-e ./y\n', folder('y', '/app/lib/y', count === 4 ? short : files)),
      ),
      'dependencies',
    )[0];
  assert.is(row(4), 'dependencies  by auto, from requirements.txt, y/a, y/b, y/c, y/setup.py');
  assert.is(row(6), 'dependencies  by auto, from requirements.txt, y/a, y/b, y/c, y/d and 2 more');
});

test('sizes have the unit that fits', () => {
  const size = (bytes: number): string | undefined =>
    /files?, (.*), from/.exec(
      rendered(request(python), snapshot({ files: [{ ...file('stack.my_handler.py'), size: bytes }] })),
    )?.[1];
  assert.equal([0, 1023, 1024, 1536, 1024 * 1024 - 1, 1024 * 1024, 250 * 1024 * 1024].map(size), [
    '0 B',
    '1023 B',
    '1.0 kB',
    '1.5 kB',
    '1024.0 kB',
    '1.0 MB',
    '250.0 MB',
  ]);
});

test.run();
