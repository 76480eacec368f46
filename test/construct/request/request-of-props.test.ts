import * as path from 'node:path';
import { App, AssetHashType, Stack, SymlinkFollowMode } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlingOptions, PythonFunctionProps } from '../../../src/construct/index';
import { Runtime } from '../../../src/construct/index';
import { RecordingExecutor } from '../../../src/construct/index';
import { requestOfProps } from '../../../src/construct/request/request-of-props';
import type { BundleRequest, SdistPolicy } from '../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { temporaryFolder } from '../../support/temporary';

const outdir = temporaryFolder();
const files = ['/app/lib/stack.ts', '/app/bin/app.ts'];
const request = (
  props: PythonFunctionProps,
  context = {},
  definingFiles: readonly string[] = files,
): BundleRequest =>
  requestOfProps(new Stack(new App({ outdir, context }), 'Stack'), 'Fn', props, definingFiles);

const least: BundleRequest = {
  kind: 'function',
  label: 'Stack/Fn',
  entry: { _tag: 'ById', id: 'Fn' },
  definingFiles: files,
  currentFolder: process.cwd(),
  runtime: {},
  architecture: 'x86_64',
  exclude: [],
  externalSymlinks: 'refuse',
  outputDirectory: outdir,
  executor: 'auto',
  packaging: 'zip',
  bytecode: 'auto',
  dependencies: DEFAULT_DEPENDENCIES,
  dependenciesIn: 'bundle',
  prefix: '.',
  sbom: false,
  hooks: { before: [], after: [] },
  docker: { environment: [], volumes: [] },
};

test('no props', () => {
  assert.equal(request({}), least);
  assert.equal(request({ bundling: {} }), least);
});

test('all props that name code', () => {
  const props: PythonFunctionProps = {
    entry: 'functions/hello',
    index: 'main.py',
    handler: 'hello',
    runtime: Runtime.PYTHON_3_12,
    architecture: Architecture.ARM_64,
    bundling: {
      executor: 'docker',
      image: 'lambci/lambda:build-python3.7',
      environment: { PIP_INDEX_URL: 'https://user:secret@example.com/simple', LANG: 'C' },
      network: 'host',
      user: '1000:1000',
      volumes: [{ hostPath: '/wheels', containerPath: '/mnt/wheels' }],
      exclude: ['*.csv', '!keep.csv'],
      followSymlinks: SymlinkFollowMode.ALWAYS,
      packaging: 'directory',
      bytecode: 'require',
    },
  };
  const made = request(props, { 'cdk-lambda-python:runtime': '3.11' });
  assert.equal(made, {
    kind: 'function',
    label: 'Stack/Fn',
    entry: { _tag: 'ByPath', path: 'functions/hello', index: 'main.py' },
    definingFiles: files,
    currentFolder: process.cwd(),
    handler: 'hello',
    runtime: { prop: 'python3.12', context: '3.11' },
    architecture: 'arm64',
    exclude: ['*.csv', '!keep.csv'],
    externalSymlinks: 'follow',
    outputDirectory: outdir,
    executor: 'docker',
    packaging: 'directory',
    bytecode: 'require',
    dependencies: DEFAULT_DEPENDENCIES,
    dependenciesIn: 'bundle',
    prefix: '.',
    sbom: false,
    hooks: { before: [], after: [] },
    docker: {
      image: 'lambci/lambda:build-python3.7',
      network: 'host',
      user: '1000:1000',
      environment: ['PIP_INDEX_URL', 'LANG'],
      volumes: [{ hostPath: '/wheels', containerPath: '/mnt/wheels', readOnly: false }],
    },
    variables: { PIP_INDEX_URL: 'https://example.com/simple', LANG: 'C' },
    withCredentials: ['PIP_INDEX_URL'],
  });
  assert.not.match(JSON.stringify(made), 'secret');
});

test('symbolic links are followed in the modes that CDK follows external ones in', () => {
  const modes = Object.values(SymlinkFollowMode).map((followSymlinks) => [
    followSymlinks,
    request({ bundling: { followSymlinks } }).externalSymlinks,
  ]);
  assert.equal(Object.fromEntries(modes), {
    never: 'refuse',
    always: 'follow',
    external: 'follow',
    'internal-only': 'refuse',
  });
});

test('an executor of the user’s own leaves the plan as by default', () => {
  assert.equal(request({ bundling: { executor: new RecordingExecutor() } }), least);
});

test('a relative entry is left to the defining files and the current folder', () => {
  for (const definingFiles of [files, []]) {
    const { entry, currentFolder } = request({ entry: 'a.py' }, {}, definingFiles);
    assert.equal(entry, { _tag: 'ByPath', path: 'a.py', index: 'index.py' });
    assert.is(currentFolder, process.cwd());
  }
});

const noHooks = { beforeBundling: () => [], afterBundling: () => [] };

test('a container is the default where an option means nothing outside of one', () => {
  const executor = (bundling: BundlingOptions) => request({ bundling }).executor;
  const asking: readonly BundlingOptions[] = [
    { image: 'i' },
    { command: ['c'] },
    { entrypoint: ['e'] },
    { volumesFrom: ['v'] },
    { volumes: [{ hostPath: '/h', containerPath: '/c' }] },
  ];
  assert.equal(asking.map(executor), ['docker', 'docker', 'docker', 'docker', 'docker']);
  assert.equal(
    asking.map((options) => executor({ ...options, executor: 'host' })),
    ['host', 'host', 'host', 'host', 'host'],
  );
  assert.is(request({ bundling: { image: 'i' } }).isExecutorByImage, true);
  for (const more of [{ executor: 'docker' }, { network: 'host' }, { commandHooks: noHooks }] as const) {
    assert.is(request({ bundling: { image: 'i', ...more } }).isExecutorByImage, undefined);
  }
  assert.is(executor({ image: 'i', executor: 'auto' }), 'auto');
  assert.is(executor({ image: 'i', executor: new RecordingExecutor() }), 'docker');
  assert.is(executor({ network: 'host', user: '0:0', volumes: [], environment: {} }), 'auto');
});

test('hooks are asked once, for folders that are not known yet', () => {
  const asked: unknown[] = [];
  const commandHooks = {
    beforeBundling: (...folders: readonly string[]) => {
      asked.push(folders);
      return [`ls ${folders[0]}`];
    },
    afterBundling: (inputDir: string, outputDir: string) => [`cp ${inputDir}/a ${outputDir}`, 'true'],
  };
  assert.equal(request({ bundling: { commandHooks } }).hooks, {
    before: ['ls {input}'],
    after: ['cp {input}/a {output}', 'true'],
  });
  assert.equal(asked, [['{input}', '{output}']]);
});

test('both lists of files that stay out, in order', () => {
  const { exclude } = request({ bundling: { exclude: ['a'], assetExcludes: ['!a', 'b'] } });
  assert.equal(exclude, ['a', '!a', 'b']);
});

test('the folder in the bundle, in one spelling', () => {
  const prefix = (outputPathSuffix: string) => request({ bundling: { outputPathSuffix } }).prefix;
  assert.equal(['', 'python/', './a//b', '../x'].map(prefix), ['.', 'python', 'a/b', '../x']);
});

test('the asset hash and its type; an empty text is none, as with CDK', () => {
  const { assetHash, assetHashType } = request({
    bundling: { assetHash: 'v1', assetHashType: AssetHashType.CUSTOM },
  });
  assert.equal([assetHash, assetHashType], ['v1', 'custom']);
  assert.is(request({ bundling: { assetHashType: AssetHashType.OUTPUT } }).assetHashType, 'output');
  assert.is(request({ bundling: { assetHashType: AssetHashType.SOURCE } }).assetHashType, 'source');
  assert.not.ok('assetHash' in request({ bundling: { assetHash: '' } }));
});

test('modules in a layer', () => {
  assert.is(request({ bundling: { dependencies: 'layer' } }).dependenciesIn, 'layer');
});

test('relative volumes and outputs are absolute in a request', () => {
  const volumes = [{ hostPath: 'wheels', containerPath: '/mnt/wheels' }];
  assert.is(request({ bundling: { volumes } }).docker.volumes[0]?.hostPath, path.resolve('wheels'));
  const stack = new Stack(new App({ outdir: path.relative('', outdir) }), 'Stack');
  assert.is(requestOfProps(stack, 'Fn', {}, files).outputDirectory, outdir);
});

test('hashes may be asked for in the context of an app, or of a stack', () => {
  const key = 'cdk-lambda-python:requireHashes';
  assert.is(request({}, { [key]: true }).dependencies.requireHashes, true);
  assert.is(
    request({ dependencies: { requireHashes: false } }, { [key]: 'true' }).dependencies.requireHashes,
    true,
  );
  const app = new App({ outdir });
  const [strict, other] = [new Stack(app, 'A'), new Stack(app, 'B')];
  strict.node.setContext(key, true);
  const ofStack = (stack: Stack) => requestOfProps(stack, 'Fn', {}, files).dependencies.requireHashes;
  assert.equal([ofStack(strict), ofStack(other)], [true, false]);
});

test('where is built: the stricter of a context and a prop, in a stack as in an app', () => {
  const key = 'cdk-lambda-python:sdist';
  assert.is(request({ bundling: { installer: 'pip' } }, {}).installer, 'pip');
  assert.not('installer' in request({}, {}));
  const sdist = (context: object, own?: SdistPolicy) =>
    request(own === undefined ? {} : { bundling: { sdist: own } }, context).sdist;
  assert.is(sdist({}), undefined);
  assert.is(sdist({}, 'docker'), 'docker');
  assert.is(sdist({ [key]: 'forbid' }), 'forbid');
  assert.is(sdist({ [key]: 'docker' }, 'host'), 'docker');
  assert.is(sdist({ [key]: 'docker' }, 'forbid'), 'forbid');
  assert.is(sdist({ [key]: true }, 'forbid'), 'true', 'planning refuses it');
  const app = new App({ outdir });
  const [strict, other] = [new Stack(app, 'A'), new Stack(app, 'B')];
  strict.node.setContext(key, 'forbid');
  const ofStack = (stack: Stack) => requestOfProps(stack, 'Fn', {}, files).sdist;
  assert.equal([ofStack(strict), ofStack(other)], ['forbid', undefined]);
});

test.run();
