import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft, right } from 'fp-ts/Either';
import * as E from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { World } from '../../src/exec/batch';
import { runBatch } from '../../src/exec/batch';
import { showExecutionError } from '../../src/exec/execution-error';
import { rememberInterpreter, candidateInterpreters } from '../../src/exec/interpreter';
import type { Install } from '../../src/exec/install';
import { isPresent } from '../../src/exec/present';
import { settle } from '../../src/exec/settle';
import type { Store } from '../../src/exec/store';
import type { BundlePlan } from '../../src/plan/bundle-plan';
import type { BundleRequest } from '../../src/plan/bundle-request';
import { dependenciesLayer } from '../../src/plan/dependencies-layer';
import { plan } from '../../src/plan/plan';
import { survey } from '../../src/exec/survey';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import { planWith } from './plans';
import { folderOf, HANDLER, requestFor } from './requests';
import { newStore } from './stores';

interface Pair {
  readonly fn: BundlePlan;
  readonly layer: BundlePlan;
}

/** A function that keeps its modules in a layer, and that layer; both go to one folder. */
const pair = (changes: Partial<BundleRequest> = {}, tree: Readonly<Record<string, string>> = {}): Pair => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n', ...tree });
  const request = requestFor(path.join(folder, 'index.py'), {
    outputDirectory: path.join(temporaryFolder(), 'cdk.out'),
    dependenciesIn: 'layer',
    packaging: 'zip',
    bytecode: 'auto',
    ...changes,
  });
  const snapshot = survey(request)();
  const fn = plan(request, snapshot);
  if (isLeft(fn)) throw new Error(JSON.stringify(fn.left));
  const layer = dependenciesLayer(request, snapshot, fn.right);
  if (isLeft(layer)) throw new Error(JSON.stringify(layer.left));
  return { fn: fn.right, layer: { ...layer.right, label: 'Stack/PythonDependencies' } };
};

const limited = (made: BundlePlan, maximumSize: number): BundlePlan => ({
  ...made,
  output: { ...made.output, maximumSize },
});

/** A machine whose installer writes some modules, and whose compiler stands for byte code; it tells what was asked for. */
const machine = (modules: Readonly<Record<string, string>> = { 'six.py': 'six = 6\n' }) => {
  const store: Store = newStore();
  const places = { environment: { HOME: temporaryFolder(), PATH: '' }, platform: 'linux' } as const;
  rememberInterpreter(store.folder, 'cpython-311', candidateInterpreters('3.11', places), null);
  const installs: string[] = [];
  const compiled: string[] = [];
  const install: Install = ({ plan: { label }, folders }) => {
    installs.push(label);
    writeTree(folders.output, modules);
    return Promise.resolve(right({ by: 'host', tool: 'fake 1', output: '' }));
  };
  const world: World = {
    store,
    installers: { host: install, docker: install, auto: install },
    places,
    compile: ({ bytecode }, _, temporary) => {
      const output = path.join(temporary, 'bytecode');
      compiled.push(bytecode?.prefix ?? 'none');
      writeTree(output, { '__pycache__/six.cpython-311.pyc': `for ${bytecode?.prefix ?? 'none'}` });
      return Promise.resolve(output);
    },
    compileSources: () => Promise.resolve(),
    progress: { start: () => undefined, end: () => undefined, close: () => undefined },
    now: () => 0,
    parallelism: 4,
  };
  const items = (plans: readonly BundlePlan[]) => plans.map((each) => ({ plan: each, environment: {} }));
  return {
    store,
    installs,
    compiled,
    run: async (...plans: readonly BundlePlan[]): Promise<readonly string[]> => {
      const reports = await runBatch({ ...world }, items(plans));
      return reports.map(({ outcome }) =>
        outcome._tag === 'Failed'
          ? showExecutionError(outcome.error)
          : outcome._tag === 'Bundled'
            ? outcome.dependencies
            : outcome._tag,
      );
    },
    settle: (...plans: readonly BundlePlan[]): readonly string[] => {
      const asked = items(plans);
      const settled = settle(store, places, asked, () => undefined);
      return asked.map((item) => {
        const outcome = settled.get(item);
        return outcome?._tag === 'Bundled' ? outcome.dependencies : (outcome?._tag ?? 'left');
      });
    },
    failing: (): void => {
      const fails: Install = () =>
        Promise.resolve(E.left({ _tag: 'InstallFailed', tool: 'fake 1', exit: 'exit code 1', output: '' }));
      Object.assign(world.installers, { auto: fails });
    },
  };
};

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
    'The bundle has 3.0 MB; Lambda takes at most 2.0 MB unzipped, layers included. The largest parts: big 3.0 MB, six.py 0.0 MB. Leave files out with `bundling.exclude`, drop requirements, or use a container image.',
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
    'The bundle has 4.0 MB; Lambda takes at most 4.0 MB unzipped, layers included. The largest parts: big (in the layer) 3.0 MB, own.txt 1.0 MB, index.py 0.0 MB, __pycache__ (in the layer) 0.0 MB, six.py (in the layer) 0.0 MB. Leave files out with `bundling.exclude`, drop requirements, or use a container image.',
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

const targets = suite('layers for more than one target');

const layerFor = (
  alsoFor: BundleRequest['alsoFor'],
  tree: Readonly<Record<string, string>> = {},
): BundlePlan => {
  const folder = folderOf({ 'a.py': '', 'requirements.txt': 'six\n', ...tree });
  const request = requestFor(folder, {
    kind: 'layer',
    prefix: 'python',
    packaging: 'zip',
    outputDirectory: path.join(temporaryFolder(), 'cdk.out'),
    ...(alsoFor === undefined ? {} : { alsoFor }),
  });
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error(JSON.stringify(planned.left));
  return planned.right;
};

const ARM = { architectures: ['arm64'], runtimes: [] } as const;
const OLDER = { architectures: [], runtimes: ['python3.10'] } as const;

targets('native code is for one architecture, and an extension may be for one Python', async () => {
  const of = (file: string) => machine({ 'six.py': '', [file]: '' });
  const refusal = (file: string, others: string): string =>
    `${file} is native code for python3.11 on x86_64, but the layer says that it is for ${others} as well. Make a layer for each, or name only one in \`compatibleArchitectures\` and \`compatibleRuntimes\`.`;
  const extension = '_x.cpython-311-x86_64-linux-gnu.so';
  assert.equal(await of(extension).run(layerFor(ARM)), [refusal(extension, 'arm64')]);
  assert.equal(await of(extension).run(layerFor(OLDER)), [refusal(extension, 'python3.10')]);
  assert.equal(await of(extension).run(layerFor(undefined)), ['host']);
  assert.equal(await of('x.libs/libz.so.1.3').run(layerFor(ARM)), [refusal('x.libs/libz.so.1.3', 'arm64')]);
  assert.equal(await of('_x.abi3.so').run(layerFor(OLDER)), ['host']);
  assert.equal(await of('_x.abi3.so').run(layerFor(ARM)), [refusal('_x.abi3.so', 'arm64')]);
  assert.equal(await of('x.py').run(layerFor({ ...ARM, ...OLDER, architectures: ['arm64'] })), ['host']);
  assert.equal(await of('x.py').run(layerFor(ARM, { 'own.so': '' })), [refusal('own.so', 'arm64')]);
});

targets('a bundle of before, for fewer of them, is not taken for one', async () => {
  const { run, settle: settled } = machine({ '_x.abi3.so': '' });
  const one = layerFor(undefined);
  await run(one);
  const folder = one.entry.root;
  const request = requestFor(folder, {
    kind: 'layer',
    prefix: 'python',
    packaging: 'zip',
    outputDirectory: path.dirname(one.output.path),
    alsoFor: ARM,
  });
  const both = plan(request, survey(request)());
  assert.equal(isLeft(both) ? [] : settled(both.right), ['left']);
});

for (const part of [batch, limits, settling, targets]) part.run();
