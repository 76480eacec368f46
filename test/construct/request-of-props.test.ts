import * as path from 'node:path';
import { App, Stack, SymlinkFollowMode } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { PythonFunctionProps } from '../../src/construct/index';
import { Runtime } from '../../src/construct/index';
import { RecordingExecutor } from '../../src/construct/index';
import { requestOfProps } from '../../src/construct/request-of-props';
import type { BundleRequest } from '../../src/plan/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/bundle-request';
import { temporaryFolder } from '../support/temporary';

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
    hooks: { before: [], after: [] },
    docker: {
      image: 'lambci/lambda:build-python3.7',
      network: 'host',
      user: '1000:1000',
      environment: ['PIP_INDEX_URL', 'LANG'],
      volumes: [{ hostPath: '/wheels', containerPath: '/mnt/wheels', readOnly: false }],
    },
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

test('a relative entry is left to the defining files, and taken from the current folder where there are none', () => {
  assert.equal(request({ entry: 'a.py' }).entry, { _tag: 'ByPath', path: 'a.py', index: 'index.py' });
  const { entry } = request({ entry: 'a.py' }, {}, []);
  assert.equal(entry, { _tag: 'ByPath', path: path.resolve('a.py'), index: 'index.py' });
});

test('relative volumes and outputs are absolute in a request', () => {
  const volumes = [{ hostPath: 'wheels', containerPath: '/mnt/wheels' }];
  assert.is(request({ bundling: { volumes } }).docker.volumes[0]?.hostPath, path.resolve('wheels'));
  const stack = new Stack(new App({ outdir: path.relative('', outdir) }), 'Stack');
  assert.is(requestOfProps(stack, 'Fn', {}, files).outputDirectory, outdir);
});

test.run();
