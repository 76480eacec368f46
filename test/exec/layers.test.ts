import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isPresent } from '../../src/exec/bundle/bundle-is-current';
import { bytesOfBytecode } from '../../src/exec/bytecode/source-bytecode';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { findPython, runWith } from '../support/python-tools';
import { listTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import { limited, machine, pair } from './support/layer-plans';
import { planWith } from './support/plans';
import { HANDLER } from './support/requests';

const python = findPython('3.11') ?? '';

const namesIn = ({ output }: BundlePlan): readonly string[] =>
  listTree(unpack(output.path)).map((file) => file.path);

const batch = suite('layers in a batch');

for (const packaging of ['zip', 'directory'] as const) {
  batch(
    `${packaging}: modules are installed once, for the layer, and compiled for where they will lie`,
    async () => {
      const { run, installs, compiled } = machine();
      const { fn, layer } = pair({ packaging });
      const other = planWith('six\n', {
        packaging,
        bytecode: 'auto',
        executor: 'auto',
        outputDirectory: path.dirname(fn.output.path),
      });
      assert.is(other.hash.dependencies, fn.hash.dependencies);
      assert.equal(await run(fn, layer, other), ['none', 'host', 'host']);
      assert.equal(installs, [layer.label]);
      assert.equal(compiled, ['/opt/python', '/var/task']);
      assert.equal(namesIn(fn), ['index.py']);
      assert.equal(namesIn(layer), ['python/__pycache__/six.cpython-311.pyc', 'python/six.py']);
      assert.equal(namesIn(other), ['__pycache__/six.cpython-311.pyc', 'index.py', 'six.py']);
      const code = (made: BundlePlan, file: string): string =>
        fs.readFileSync(path.join(unpack(made.output.path), file), 'utf8');
      assert.is(code(layer, 'python/__pycache__/six.cpython-311.pyc'), 'for /opt/python');
      assert.is(code(other, '__pycache__/six.cpython-311.pyc'), 'for /var/task');
    },
  );
}

batch('byte code that one of them does not want is made for the others all the same', async () => {
  const { run, compiled } = machine();
  const { layer } = pair();
  const off = planWith('six\n', { packaging: 'zip', executor: 'auto' });
  await run(off, layer);
  assert.equal(compiled, ['none', '/opt/python']);
  assert.equal(namesIn(layer), ['python/__pycache__/six.cpython-311.pyc', 'python/six.py']);
});

batch('a function alone installs nothing: its layer is there', async () => {
  const { run, installs } = machine();
  assert.equal(await run(pair().fn), ['none']);
  assert.equal(installs, []);
});

batch('an install that fails is told of the layer alone', async () => {
  const { run, failing } = machine();
  failing();
  const { fn, layer } = pair();
  const [ofFunction, ofLayer] = await run(fn, layer);
  assert.is(ofFunction, 'none');
  assert.match(ofLayer ?? '', /^Installing the requirements failed: fake 1/);
});

const limits = suite('layers and the limit of 250 MB');

const LARGE = { 'big/data.txt': 'x'.repeat(3 * 1024 * 1024), 'six.py': 'six = 6\n' };

limits('a layer that is too large is told of with what is in it', async () => {
  const { run } = machine(LARGE);
  const { layer } = pair();
  assert.equal(await run(limited(layer, 2 * 1024 * 1024)), [
    'The bundle has 3.0 MB; Lambda takes at most 2.0 MB unzipped, layers included. The largest: big 3.0 MB, six.py 0.0 MB. To make it smaller: leave distributions that are not imported out with `dependencies.omit`; leave files of distributions out with `dependencies.exclude`; require less; or deploy a container image (10 GB).',
  ]);
});

limits('a function and its layer are counted together, byte code and all', async () => {
  const { run, store } = machine(LARGE);
  const { fn, layer } = pair({}, { 'own.txt': 'y'.repeat(1024 * 1024) });
  const sum = (made: BundlePlan): number =>
    listTree(unpack(made.output.path)).reduce(
      (bytes, file) => bytes + fs.statSync(path.join(unpack(made.output.path), file.path)).size,
      0,
    );
  assert.equal(await run(fn, layer), ['none', 'host']);
  const both = sum(fn) + sum(layer);
  assert.equal(await run(limited(fn, both)), ['none']);
  assert.equal(await run(limited(fn, both - 1)), [
    'The bundle has 4.0 MB; Lambda takes at most 4.0 MB unzipped, layers included. The largest: big (in the layer) 3.0 MB, own.txt 1.0 MB, index.py 0.0 MB, __pycache__ (in the layer) 0.0 MB, six.py (in the layer) 0.0 MB. To make it smaller: leave files of yours out with `bundling.exclude`; leave distributions that are not imported out with `dependencies.omit`; leave files of distributions out with `dependencies.exclude`; require less; or deploy a container image (10 GB).',
  ]);
  assert.ok(store.part('bytecode', fn.hash.bytecode ?? '') !== undefined);
});

const settling = suite('layers without an install');

settling('a handler that is edited is made anew, and the layer stays', async () => {
  const { run, settle: settled, installs } = machine();
  const { fn, layer } = pair();
  await run(fn, layer);
  assert.equal(settled(fn, layer), ['Present', 'Present']);
  const edited = pair(
    { outputDirectory: path.dirname(fn.output.path) },
    { 'index.py': `${HANDLER}# edited\n` },
  );
  assert.is(edited.layer.output.path, layer.output.path);
  assert.equal(settled(edited.fn, edited.layer), ['none', 'Present']);
  assert.is(installs.length, 1);
});

settling('bundles that are there need no store', async () => {
  const { run } = machine();
  const { fn, layer } = pair();
  await run(fn, layer);
  assert.equal(machine().settle(fn, layer), ['Present', 'Present']);
});

settling('a function waits for a layer that is to be installed, present or not', async () => {
  const before = machine();
  const { fn, layer } = pair();
  await before.run(fn);
  assert.ok(isPresent(fn));
  const { settle: settled } = machine();
  assert.equal(settled(fn, layer), ['left', 'left']);
  assert.equal(settled(layer, fn), ['left', 'left']);
  assert.equal(settled(fn), ['Present']);
});

settling('one that does not fit beside its layer any more is left to be told of', async () => {
  const { run, settle: settled } = machine(LARGE);
  const { fn, layer } = pair();
  await run(fn, layer);
  const small = limited(fn, 3 * 1024 * 1024);
  assert.equal(settled(small, layer), ['left', 'Present']);
  fs.rmSync(fn.output.path);
  assert.equal(settled(small, layer), ['left', 'Present'], 'nor is it taken from the store');
  assert.equal(settled(fn, layer), ['none', 'Present']);
});

settling('its own modules are compiled, whether or not those of the layer are', async () => {
  const { run, settle: settled, store } = machine(undefined, python);
  const { fn } = pair({ bytecode: 'require' });
  assert.equal(settled(fn), ['none']);
  assert.equal(namesIn(fn), ['__pycache__/index.cpython-311.pyc', 'index.py']);
  assert.equal(await run(fn), ['none'], 'nor does a batch ask for more');
  const bytes = fs.statSync(path.join(fn.entry.root, 'index.py')).size + bytesOfBytecode(store, fn);
  assert.equal(settled(limited(fn, bytes)), ['Present']);
  assert.equal(settled(limited(fn, bytes - 1)), ['left']);
});

for (const part of [batch, limits, settling]) runWith(part, '3.11');
