import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest, DependencyRequest } from '../../../src/plan/request/bundle-request';
import { plan } from '../../../src/plan/plan';
import type { PlanError } from '../../../src/plan/errors/plan-error';
import type { LocalPackage, SnapshotFile, SourceSnapshot } from '../../../src/plan/model/source-snapshot';
import { archive, file, folder, requirements } from './world';

/** Mostly one of some values, now and then another. */
const mostly = <A, B>(usual: fc.Arbitrary<A>, odd: fc.Arbitrary<B>): fc.Arbitrary<A | B> =>
  fc.oneof({ arbitrary: usual, weight: 12 }, { arbitrary: odd, weight: 1 });

/** Names that a disk can hold, odd ones among them. */
const name = mostly(
  fc.constantFrom('index', 'src', 'stack_fn', "it's", '$(touch)', '-x', 'größe'),
  fc
    .string({ minLength: 1, maxLength: 8 })
    .map((text) => text.replace(/[/\0]/g, '_').replace(/^\.{1,2}$/, '_')),
);

const relative = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

const files: fc.Arbitrary<readonly SnapshotFile[]> = fc
  .uniqueArray(fc.tuple(relative, fc.string(), fc.boolean()), { maxLength: 5, selector: ([path]) => path })
  .map((all) =>
    all
      .filter(([path]) => !all.some(([other]) => other.startsWith(`${path}/`)))
      .map(([path, content, executable]) => file(path, content, executable)),
  );

const root = fc.constantFrom('/app', '/', '/home/me/a b', '/srv/größe');

/** Lines of a requirements file, and the packages that they name. */
const line = (folderOfFile: string): fc.Arbitrary<readonly [string, readonly LocalPackage[]]> =>
  fc.oneof(
    fc
      .constantFrom(
        'six',
        'six ; os_name == "nt"',
        '-i https://u:p@h',
        '# a',
        '',
        '-r https://h/a.txt',
        'a @ https://h/x',
        'x \\',
      )
      .map((text) => [text, []] as const),
    fc
      .constantFrom('./libs/y', '-e ../y', 'y[a] @ file:///opt/y', '-e /srv/y[a] ; os_name == "nt"', '-e .')
      .map((text) => {
        const path = /(\/[a-z]+\/y|\.\.\/y|\.\/libs\/y|\.$)/.exec(text)?.[0] ?? '.';
        const target = path.startsWith('/')
          ? path
          : new URL(path, `file://${folderOfFile}/`).pathname.replace(/(.)\/$/, '$1');
        return [
          text,
          [folder('y', decodeURI(target), [file('setup.py'), file('src/y.py', 'y', true)])],
        ] as const;
      }),
    fc.constant(['./x-1-py3-none-any.whl', [archive(`${folderOfFile}/x-1-py3-none-any.whl`)]] as const),
  );

const seen: fc.Arbitrary<SourceSnapshot> = fc
  .record({
    root,
    entry: relative.map((path) => `${path}.py`),
    files,
    source: fc.constantFrom('', 'def lambda_handler(): pass', 'from a import *', 'def ('),
    version: fc.option(mostly(fc.constantFrom('3.11', '# none'), fc.constant('pypy3.9'))),
    wanted: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n'),
    unused: fc.constantFrom([], ['/app/uv.lock', '/app/pyproject.toml']),
  })
  .chain((all) =>
    fc.array(line(all.root), { maxLength: 4 }).map((lines): SourceSnapshot => ({
      entry: { root: all.root, path: all.entry, source: all.source },
      files: [
        file(all.entry, all.source),
        ...all.files.filter(({ path }) => !all.entry.startsWith(`${path}/`) && path !== all.entry),
      ],
      pythonVersion: all.version === null ? null : { file: `${all.root}/.python-version`, text: all.version },
      requirements: all.wanted
        ? requirements(
            {
              [`${all.root === '/' ? '' : all.root}/requirements.txt`]: lines
                .map(([text]) => text)
                .join(all.end),
            },
            lines.flatMap(([, packages]) => packages),
          )
        : null,
      project: null,
      unused: all.unused,
      problems: [],
    })),
  );

/** Distributions, files, groups and indexes that a user may name. */
const dependencies: fc.Arbitrary<DependencyRequest> = fc.record(
  {
    from: fc.constantFrom('requirements.txt', 'none'),
    groups: fc.constantFrom([], [], [], ['dev']),
    extras: fc.constantFrom([], [], [], ['more', 'less']),
    index: fc.constantFrom('https://h/simple', 'https://${TOKEN}@h/simple'),
    extraIndexes: fc.constantFrom([], ['https://h/more']),
    requireHashes: fc.constant(false),
    hashes: fc.boolean(),
    urls: fc.boolean(),
    omit: fc.constantFrom([], ['boto3', 'Zope.interface']),
    exclude: fc.array(fc.oneof(fc.constantFrom('*.pyi', '!a/', 'it\'s "x"'), fc.string()), { maxLength: 2 }),
  },
  {
    requiredKeys: ['groups', 'extras', 'extraIndexes', 'requireHashes', 'hashes', 'urls', 'omit', 'exclude'],
  },
);

/** Lines for a shell, which a plan only carries. */
const commands = fc.array(mostly(fc.constantFrom('make all', 'cp -r {input}/a {output}'), fc.string()), {
  maxLength: 2,
});

const asked: fc.Arbitrary<BundleRequest> = fc.record({
  kind: fc.constant('function'),
  label: fc.string(),
  entry: fc.constant({ _tag: 'ById', id: 'fn' } as const),
  definingFiles: fc.constant(['/app/stack.ts']),
  handler: fc.option(mostly(fc.constantFrom('main', 'a.b', 'ä'), fc.string({ maxLength: 4 })), {
    nil: undefined,
  }),
  runtime: fc.record({
    prop: mostly(fc.constantFrom('3.6', 'python3.13', '3.11', undefined), fc.constant('ruby')),
  }),
  architecture: fc.constantFrom('x86_64', 'arm64'),
  exclude: fc.constant([]),
  externalSymlinks: fc.constant('refuse'),
  outputDirectory: root.map((folderName) => `${folderName}/cdk.out`),
  executor: fc.constantFrom('auto', 'auto', 'docker', 'docker', 'host'),
  packaging: fc.constantFrom('zip', 'directory'),
  bytecode: fc.constantFrom('auto', 'require', 'off'),
  dependencies,
  dependenciesIn: mostly(fc.constant('bundle'), fc.constant('layer')),
  prefix: fc.constantFrom('.', 'python', 'a b/größe'),
  hooks: fc.oneof(
    fc.constant({ before: [], after: [] }),
    fc.record({ before: commands, after: commands }, { noNullPrototype: true }),
  ),
  assetHash: fc.constantFrom(undefined, 'v1', ''),
  docker: fc.record(
    {
      image: mostly(fc.constantFrom('image:1', 'a/b@sha256:0'), fc.string()),
      network: mostly(fc.constantFrom('host', 'none'), fc.constant('-x')),
      user: mostly(fc.constantFrom('1:2', 'build', 'root'), fc.string()),
      platform: fc.constantFrom('linux/amd64', 'linux/arm64/v8'),
      securityOpt: fc.constantFrom(null, 'no-new-privileges', 'label=disable'),
      capAdd: fc.constantFrom(null, [], ['CHOWN', 'cap_setuid']),
      pidsLimit: mostly(fc.constantFrom(-1, 1, 4096), fc.constant(0)),
      memory: mostly(fc.constantFrom(null, '2g', '6M', '1000000000'), fc.string({ maxLength: 3 })),
      volumesFrom: fc.constantFrom([], ['wheels', 'certificates:ro']),
      workingDirectory: fc.constantFrom('/src', '/asset-input'),
      entrypoint: mostly(fc.constantFrom(null, ['env'], ['/bin/sh', '-c', 'exec "$@"']), fc.constant([])),
      command: fc.constantFrom(['make'], ['bash', '-c', 'cp -r . "$OUT"']),
      fileAccess: fc.constantFrom('bind', 'copy'),
      volumesDigest: mostly(fc.constantFrom('v1', '2'), fc.string()),
      environment: fc.array(
        mostly(fc.constantFrom('A', 'TOKEN', 'HTTP_PROXY'), fc.string({ maxLength: 3 })),
        { maxLength: 2 },
      ),
      volumes: fc.array(
        fc.record({
          hostPath: mostly(fc.constantFrom('/a,b', '/a "b"', '/w'), fc.string()),
          containerPath: mostly(fc.constantFrom('/w', '/a,b', '/x'), fc.constantFrom('/asset-input/x', '')),
          readOnly: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['environment', 'volumes'] },
  ),
});

/** Any plan that there can be, or why there is none. */
export const arbitraryPlan: fc.Arbitrary<BundlePlan | readonly PlanError[]> = fc
  .tuple(asked, seen)
  .map(([request, snapshot]) => {
    const result = plan(request, snapshot);
    return isLeft(result) ? result.left : result.right;
  });

export const isPlan = (value: BundlePlan | readonly PlanError[]): value is BundlePlan => 'version' in value;
