import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { dependenciesLayer } from '../../src/plan/dependencies-layer';
import type { SourceSnapshot } from '../../src/plan/model/source-snapshot';
import { asJson, file, planned, request, requiring } from './support/world';

const test = suite("the layer of a function's dependencies");

const layerOf = (
  changes: Partial<BundleRequest> = {},
  seen: SourceSnapshot = requiring('six\n'),
): { readonly fn: BundlePlan; readonly layer: BundlePlan } => {
  const asked = request({ dependenciesIn: 'layer', ...changes });
  const fn = planned(asked, seen);
  const layer = dependenciesLayer(asked, seen, fn);
  if (isLeft(layer)) throw new Error(JSON.stringify(layer.left));
  return { fn, layer: layer.right };
};

test('it holds the modules, nothing of the function, and their byte code for /opt/python', () => {
  const { fn, layer } = layerOf();
  assert.equal(
    [layer.kind, layer.dependenciesIn, layer.handler, layer.sources, layer.output.prefix],
    ['layer', 'bundle', null, [], 'python'],
  );
  assert.is(layer.bytecode?.prefix, '/opt/python');
  assert.is(layer.hash.dependencies, fn.hash.dependencies);
  assert.is(layer.hash.bytecode, fn.hash.bytecode);
  assert.equal(layer.install?.inputs, fn.install?.inputs);
  assert.equal(decodePlan(asJson(layer)), { _tag: 'Right', right: layer });
});

test('functions that require the same have the same, whatever else they are', () => {
  const { layer } = layerOf({ runtime: { prop: 'python3.13' } });
  const seen = requiring('six\n');
  const other = layerOf(
    { runtime: { context: '3.13' }, handler: 'other', exclude: ['*.md'], assetHash: 'mine', prefix: 'src' },
    { ...seen, files: [...seen.files, file('more.py')] },
  );
  assert.is(other.layer.hash.content, layer.hash.content);
  assert.is(other.layer.hash.asset, layer.hash.content);
  for (const changes of [
    { architecture: 'arm64' },
    { runtime: { prop: 'python3.12' } },
    { bytecode: 'off' },
  ] as const) {
    assert.is.not(
      layerOf({ runtime: { prop: 'python3.13' }, ...changes }).layer.hash.content,
      layer.hash.content,
    );
  }
});

test('what the function was warned of is not said again, nor is its default runtime refused', () => {
  const { fn, layer } = layerOf({}, requiring('-r https://example.org/more.txt\nsix==1.17.0\n'));
  assert.equal(
    fn.warnings.map(({ _tag }) => _tag),
    ['DefaultRuntime', 'RemoteInclude'],
  );
  assert.equal(layer.warnings, []);
  assert.is(layer.runtime.name, 'python3.7');
});

test.run();
