import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import type { SourceSnapshot } from '../../src/plan/model/source-snapshot';
import { archive, file, folder, planned, request, requiring, snapshot, SOURCE } from '../plan/support/world';

const H = `sha256:${'0'.repeat(64)}`;

/** A uv.lock with one package. */
export const LOCKED = [
  'version = 1\nrequires-python = ">=3.9"\n[[package]]\nname = "a"\nversion = "1"\nsource = { virtual = "." }',
  'dependencies = [{ name = "six" }]\n[package.metadata]\nrequires-dist = [{ name = "six" }]',
  '[[package]]\nname = "six"\nversion = "1.0"\nsource = { registry = "https://i.example/simple" }',
  `wheels = [{ url = "https://f.example/six-1.0-py3-none-any.whl", hash = "${H}" }]\n`,
].join('\n');

const seenLock = (text: string): SourceSnapshot =>
  snapshot({
    project: {
      kind: 'uv',
      source: { file: '/app/lib/uv.lock', text },
      manifest: {
        file: '/app/lib/pyproject.toml',
        text: `[project]\nname = "a"\nversion = "1"\ndependencies = [${/requires-dist = \[\{ name = ("(?:[^"\\]|\\.)*")/.exec(text)?.[1] ?? '"six"'}]\n`,
      },
      localPackages: [],
    },
  });

/** What comes of a request for a function with such a lock. */
export const lockedPlan = (text: string): ReturnType<typeof plan> =>
  plan(request({ runtime: { prop: '3.11' } }), seenLock(text));

const docker = {
  network: 'host',
  user: '1:2',
  securityOpt: 'label=disable',
  capAdd: ['CHOWN'],
  pidsLimit: 99,
  memory: '2g',
  volumesFrom: ['wheels'],
  volumesDigest: 'v1',
  entrypoint: ['env', 'A=b'],
  environment: ['TOKEN'],
  volumes: [{ hostPath: '/w', containerPath: '/w', readOnly: true }],
};

const entry = { root: '/app/lib', path: 'stack.my_handler.py', source: SOURCE };
const files = [file('stack.my_handler.py', SOURCE), file('data.csv', 'a,b'), file('lib/x.sh', 'x', true)];

/** One plan of each kind that there is, each as `plan()` makes it. */
export const REAL_PLANS: Readonly<Record<string, BundlePlan>> = {
  'no dependencies': planned(request({ packaging: 'directory' }), snapshot({ files, entry })),
  'this machine': planned(
    request({
      executor: 'host',
      dependencies: { ...DEFAULT_DEPENDENCIES, index: 'https://i.example/simple' },
    }),
    { ...requiring('six\n'), entry, files },
  ),
  'container with options': planned(request({ executor: 'docker', docker }), {
    ...requiring('six\n'),
    entry,
    files,
  }),
  'local packages': planned(
    request({ dependencies: { ...DEFAULT_DEPENDENCIES, omit: ['boto3'], exclude: ['*.pyi'] } }),
    {
      ...requiring(
        '-e ../y\n./x-1-py3-none-any.whl\n-r https://h/a.txt\n',
        folder('y', '/app/y', [file('setup.py', '', true)]),
        archive('/app/lib/x-1-py3-none-any.whl'),
      ),
      entry,
      files,
    },
  ),
  lock: planned(request(), { ...seenLock(LOCKED), entry, files }),
  layer: planned(request({ kind: 'layer', prefix: 'python', runtime: { prop: '3.11' } }), {
    ...requiring('six\n'),
    entry: { root: '/app/lib', path: null, source: null } as never,
    files,
  }),
  'beside a layer': planned(request({ dependenciesIn: 'layer' }), { ...requiring('six\n'), entry, files }),
  'commands of the user': planned(
    request({ hooks: { before: ['make a'], after: ['make b'] }, assetHash: 'v1' }),
    { ...requiring('six\n'), entry, files },
  ),
  'command of a container': planned(
    request({ docker: { environment: [], volumes: [], command: ['make'], fileAccess: 'copy' } }),
    { ...requiring('six\n'), entry, files },
  ),
};
