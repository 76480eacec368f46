import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ContentError } from '../../src/exec/errors/content-error';
import type { EngineError } from '../../src/exec/errors/engine-error';
import type { RunError } from '../../src/exec/errors/run-error';
import { slimPatterns } from '../../src/plan/options/slim';
import { HANDLER } from '../exec/support/requests';
import { asking } from './advice-row';
import type { Run, RunRow } from './advice-run';
import { offline, runRow, wheelIn } from './advice-run';
import { HATCH } from './local-build';
import { NATIVE, OTHER } from './native';
import { findPython } from './python-tools';

const ENGINE = 'needs an engine: test/docker';

const MB = 1024 * 1024;

const MEGABYTE = 'x'.repeat(MB);

const demo = offline('demo\n', wheelIn('demo'));

const entry = (file: string): Run => ({
  request: (folder) => ({
    entry: { _tag: 'ByPath', path: path.join(folder, 'fn', file), index: 'index.py' },
  }),
});

const excluding = (...exclude: readonly string[]): Run => ({ request: () => ({ exclude }) });

const layer: NonNullable<Run['request']> = (folder) => ({
  kind: 'layer',
  prefix: 'python',
  entry: { _tag: 'ByPath', path: path.join(folder, 'layer'), index: 'index.py' },
});

const after = (command: string): Run => ({
  request: () => ({ hooks: { before: [], after: [command] } }),
});

/** An engine's client whose engine does not answer. */
const deadEngine: NonNullable<Run['environment']> = (folder) => {
  const client = path.join(folder, 'docker');
  fs.writeFileSync(client, '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n', {
    mode: 0o755,
  });
  return { CDK_DOCKER: client };
};

const onDocker: Run = { ...demo, request: () => ({ executor: 'docker' }) };

const onHost: Run = { request: () => ({ executor: 'host' }) };

const unchanged: Run = { meanwhile: () => undefined };

/** Four parts of a megabyte; each advice leaves out one. */
const LARGE: Run = {
  ...offline(
    'a\nb\n',
    wheelIn('a', {}, { 'a/tests/x.bin': MEGABYTE, 'a/data.bin': MEGABYTE }),
    wheelIn('b', {}, { 'b.bin': MEGABYTE }),
  ),
  limit: 3.5 * MB,
};
const OWN_LARGE: Run = { ...LARGE, tree: { ...LARGE.tree, 'fn/own.bin': MEGABYTE } };

/** Advice about bundles, engines and runs; a text says where one is tried that this machine cannot try. */
export const ADVICE_OF_RUNS = {
  WrongWheel: 'a wheel that was built for another target: test/exec/parts/finish-whole.test.ts',
  WrongBinary: runRow(
    {
      ...offline(
        'demo==1\n',
        wheelIn('demo', {}, { [`demo/x.cpython-311-${OTHER.machine}-linux-gnu.so`]: NATIVE }),
      ),
      request: () => ({ architecture: OTHER.architecture }),
    },
    {
      'Require a version with a wheel for the target': offline(
        'demo==2\n',
        wheelIn('demo', { version: '2' }),
      ),
      'or build it in the image of the runtime': ENGINE,
    },
  ),
  WrongLocalBinary: runRow(
    {
      tree: {
        'fn/requirements.txt': '../pk\n',
        'pk/pyproject.toml': HATCH('[tool.hatch.build.targets.wheel]\npackages = ["one"]\n'),
        'pk/one/x.abi3.so': NATIVE,
      },
      request: () => ({ architecture: OTHER.architecture }),
    },
    {
      'Remove the file': { tree: { 'pk/one/x.abi3.so': null, 'pk/one/__init__.py': '' } },
      'leave it out of the package (in the settings of its build)': {
        tree: {
          'pk/pyproject.toml': HATCH(
            '[tool.hatch.build.targets.wheel]\npackages = ["one"]\nexclude = ["*.so"]\n',
          ),
          'pk/one/__init__.py': '',
        },
      },
      'or have its build compile it in the image of the runtime': ENGINE,
    },
  ),
  UnsafeFile: 'test/hostile/wheels.test.ts, test/hostile/hooks.test.ts',
  NotPortable: runRow(
    {
      tree: { 'layer/x.so': '', 'layer/a.py': '' },
      request: (folder) => ({ ...layer(folder), alsoFor: { architectures: ['arm64'], runtimes: [] } }),
    },
    {
      'or name only one in `compatibleArchitectures`': {
        request: () => ({ alsoFor: { architectures: [], runtimes: [] } }),
      },
    },
  ),
  LayerReplaces: 'two constructs: test/construct/checks/layer-version-warnings.test.ts',
  ForeignBundle: 'a template: test/construct/layers-together.test.ts',
  LayersClash: 'two constructs: test/construct/checks/layer-clash-warnings.test.ts',
  ForeignLayer: 'two constructs: test/construct/layers-together.test.ts',
  FileConflict: runRow(
    { ...demo, tree: { ...demo.tree, 'fn/demo/__init__.py': '' } },
    {
      'Rename yours': { tree: { 'fn/demo/__init__.py': null, 'fn/demo2/__init__.py': '' } },
      'or leave it out with `bundling.exclude`': excluding('/demo'),
    },
  ),
  ShadowedHandler: runRow(offline('index\n', wheelIn('index')), {
    'Rename the entry': {
      tree: { 'fn/index.py': null, 'fn/main.py': HANDLER },
      ...entry('main.py'),
    },
  }),
  ShadowedModule: runRow(
    { ...demo, tree: { ...demo.tree, 'fn/demo.py': '' } },
    {
      'Rename yours': { tree: { 'fn/demo.py': null, 'fn/own.py': '' } },
      'or leave it out with `bundling.exclude`': excluding('demo.py'),
    },
  ),
  EntryDoesNotParse: runRow(
    {
      tree: { 'fn/index.py': 'match event:\n  case _: pass\n' },
      request: () => ({ bytecode: 'auto', runtime: { prop: 'python3.9' } }),
      environment: () => ({ PATH: pathOf('3.9', '3.11') }),
    },
    {
      'Fix it': { tree: { 'fn/index.py': HANDLER } },
      'or set `runtime` to a version of Python that it is written for': {
        request: () => ({ runtime: { prop: 'python3.11' } }),
      },
    },
  ),
  EntryGone: runRow(
    { ...demo, ...after('rm {output}/index.py') },
    { 'Let them leave it where it is': after('true') },
  ),
  HookFailed: runRow({ ...demo, ...after('exit 3') }, { 'fix the command': after('true') }),
  NothingBuilt: 'a command in place of the install: test/docker/whole-build.test.ts',
  EmptyBundle: runRow(
    {
      tree: { 'layer/requirements.txt': 'demo; python_version < "3"\n' },
      request: layer,
    },
    { 'Add modules': { tree: { 'layer/a.py': '' } } },
  ),
  SecretInAssembly: 'test/exec/assembly/carry-plan.test.ts',
  TooLarge: runRow(OWN_LARGE, {
    'leave files of yours out with `bundling.exclude`': excluding('own.bin'),
    'set `dependencies.slim`: true, which leaves out 1.0 MB': {
      request: asking({ exclude: slimPatterns(true) }),
    },
    'leave distributions that are not imported out with `dependencies.omit`': {
      request: asking({ omit: ['b'] }),
    },
    'leave files of distributions out with `dependencies.exclude`': {
      request: asking({ exclude: ['data.bin'] }),
    },
    'require less': offline('a\n'),
    'or deploy a container image (10 GB)': 'another construct of CDK',
  }),
  TooManyFiles: 'many files: test/exec/too-many-files.test.ts',
  NoBytecode: runRow(
    {
      request: () => ({ bytecode: 'require', runtime: { prop: 'python3.9' } }),
      environment: () => ({ PATH: pathOf('3.11'), PYENV_ROOT: undefined }),
    },
    {
      'Install one': { environment: () => ({ PATH: pathOf('3.9') }) },
      'or set it to "auto"': { request: () => ({ bytecode: 'auto' }) },
    },
  ),
  ContainerKilled: ENGINE,
  DockerNotFound: runRow(onDocker, {
    'Install Docker, name another engine with CDK_DOCKER': ENGINE,
    'or set `bundling.executor` to "host"': onHost,
  }),
  DockerDaemonDown: runRow(
    { ...onDocker, environment: deadEngine },
    { 'Start it': ENGINE, 'or set `bundling.executor` to "host"': onHost },
  ),
  NoEngineForImage: runRow(
    {
      ...demo,
      request: () => ({
        executor: 'docker',
        docker: { environment: [], volumes: [], image: 'example.com/build:1' },
      }),
    },
    {
      'Leave `bundling.image` out (and `bundling.executor`, if it is "docker")': {
        request: () => ({ executor: 'auto', docker: { environment: [], volumes: [] } }),
      },
      'or start Docker, or name another engine': ENGINE,
    },
  ),
  BuildxNotFound: `${ENGINE}/buildkit-failures.test.ts`,
  NoBuilder: `${ENGINE}/buildkit-failures.test.ts`,
  NotBuilt: 'test/exec/buildkit/take-built.test.ts',
  InvalidBuildCache: 'test/exec/buildkit/buildkit-install.test.ts',
  BuildCacheRefused: `${ENGINE}/buildkit-failures.test.ts`,
  FoldersNotSeen: `${ENGINE}/engine-elsewhere.test.ts`,
  VolumeNotThere: `${ENGINE}/engine-elsewhere.test.ts`,
  ImageNotAvailable: ENGINE,
  SourceChanged: runRow(
    { meanwhile: (folder) => fs.appendFileSync(path.join(folder, 'fn/index.py'), '# more\n') },
    { 'Synthesize again': unchanged },
  ),
  PlaceChanged: 'test/exec/install/declared-inputs-check.test.ts',
  VariablesChanged: 'test/exec/install/declared-inputs-check.test.ts',
  AssemblyChanged: 'test/exec/assembly/carry-plan.test.ts',
  UnplannedInput: 'a plan that was written by hand: test/hostile/plans.test.ts',
  StoreChanged: 'test/exec/bundle/sbom.test.ts',
  DiskFull: 'a small disk: test/exec/faults.test.ts',
  CannotWrite: runRow(
    {
      ...demo,
      environment: (folder) => ({ CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'fn/index.py/cache') }),
    },
    {
      'or set CDK_LAMBDA_PYTHON_CACHE to one that is': {
        environment: (folder) => ({ CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'cache') }),
      },
    },
  ),
  StoreKeyRefused: 'test/hostile/store.test.ts',
  Interrupted: 'a signal: test/faults/interrupted.test.ts',
  PathTooLong: 'test/faults/source-trees.test.ts',
  RunnerFailed: 'it gives no advice: test/exec/batch/run-in-child.test.ts',
} satisfies Readonly<Record<(ContentError | EngineError | RunError)['_tag'], RunRow | string>>;

/** A PATH with these Pythons, and no other. */
function pathOf(...versions: readonly string[]): string {
  return versions.map((version) => path.dirname(findPython(version) ?? '')).join(':');
}
