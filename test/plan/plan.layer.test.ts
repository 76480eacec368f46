import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { planInconsistencies } from '../../src/plan/decode/plan-consistency';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { renderPlan } from '../../src/plan/show/render-plan';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import type { SourceSnapshot } from '../../src/plan/model/source-snapshot';
import { asJson, file, planned, refusals, request, requirements, requiring, snapshot } from './support/world';

/** What `new PythonLayerVersion(stack, 'Shared', { entry: 'shared', compatibleRuntimes: [3.13] })` asks for. */
const layerRequest = (changes: Partial<BundleRequest> = {}): BundleRequest =>
  request({
    kind: 'layer',
    label: 'Stack/Shared',
    entry: { _tag: 'ByPath', path: 'shared', index: 'index.py' },
    runtime: { prop: 'python3.13' },
    prefix: 'python',
    ...changes,
  });

const folder = (changes: Partial<SourceSnapshot> = {}): SourceSnapshot =>
  snapshot({
    entry: { root: '/app/lib/shared', path: null, source: '' },
    files: [file('words/__init__.py', ''), file('requirements.txt', 'six==1.17.0\n'), file('data.txt', 'x')],
    requirements: requirements({ '/app/lib/shared/requirements.txt': 'six==1.17.0\n' }),
    ...changes,
  });

const messages = (asked: BundleRequest, seen: SourceSnapshot): readonly string[] =>
  refusals(asked, seen).map(showPlanError);

const layers = suite('plan of a layer');

const layer = planned(layerRequest(), folder());

layers('it is a folder without a handler, under python/', () => {
  assert.equal(layer.entry, { file: '/app/lib/shared', root: '/app/lib/shared', path: null });
  assert.is(layer.kind, 'layer');
  assert.is(layer.handler, null);
  assert.equal(
    layer.sources.map(({ from, path }) => [from, path]),
    [
      ['data.txt', 'data.txt'],
      ['words/__init__.py', 'words/__init__.py'],
    ],
  );
  assert.is(layer.output.prefix, 'python');
  assert.is(layer.bytecode?.prefix, '/opt/python');
  assert.equal(layer.warnings, []);
});

layers('a folder that is laid out as Lambda unpacks it would be nested', () => {
  const nested = (...paths: readonly string[]) =>
    folder({ files: paths.map((path) => file(path, '')), requirements: null });
  assert.equal(messages(layerRequest(), nested('python/words.py', 'python/lib/x.py')), [
    '/app/lib/shared/python would be python/python in the layer, where Python finds none of its modules: the files of `entry` go into python/ by themselves. ' +
      'Move them one folder up, or set `entry` to /app/lib/shared/python (and `dependencies.from` to "../requirements.txt", where that lies above it).',
  ]);
  assert.is(planned(layerRequest(), nested('python/__init__.py', 'python/words.py')).sources.length, 2);
  assert.is(planned(layerRequest({ prefix: 'other' }), nested('python/words.py')).sources.length, 1);
  const docker = { environment: [], volumes: [], command: ['true'] };
  assert.is(
    planned(layerRequest({ executor: 'docker', docker }), nested('python/words.py')).sources.length,
    1,
  );
});

layers('it survives JSON, and no field of it can say something else', () => {
  assert.equal(decodePlan(asJson(layer)), { _tag: 'Right', right: layer });
  const wrong = (changes: Partial<BundlePlan>): readonly string[] =>
    planInconsistencies({ ...layer, ...changes }).map(({ path }) => path);
  assert.equal(wrong({}), []);
  assert.equal(wrong({ handler: 'index.handler' }), ['/handler']);
  assert.equal(wrong({ entry: { ...layer.entry, path: 'data.txt' } }), ['/entry/path']);
  assert.equal(wrong({ dependenciesIn: 'layer' }), ['/dependenciesIn', '/hash/content']);
  assert.equal(wrong({ alsoFor: { runtimes: [], architectures: ['arm64'] } }), ['/hash/content']);
  const fn = planned(request(), snapshot());
  assert.equal(
    planInconsistencies({ ...fn, alsoFor: { runtimes: ['python3.12'], architectures: [] } })[0]?.path,
    '/alsoFor/runtimes/0',
  );
});

layers('a person is told of it', () => {
  const lines = renderPlan(
    planned(layerRequest({ alsoFor: { runtimes: ['python3.12'], architectures: ['arm64'] } }), folder()),
  ).split('\n');
  assert.is(lines[0], 'layer         Stack/Shared');
  assert.is(lines[1], 'entry         /app/lib/shared');
  assert.ok(lines.includes('also for      python3.12, arm64'));
  assert.ok(lines.includes('prefix        python'));
  assert.not(lines.some((line) => line.startsWith('handler')));
});

layers('a layer of modules alone, or of files alone, is one; one of neither is not', () => {
  const modules = folder({ files: [file('requirements.txt', 'six\n')] });
  assert.equal(planned(layerRequest(), modules).sources, []);
  const files = folder({ requirements: null, files: [file('a.py')] });
  assert.is(planned(layerRequest(), files).install, null);
  const empty = folder({
    files: [file('requirements.txt', '# none\n')],
    requirements: requirements({ '/app/lib/shared/requirements.txt': '# none\n' }),
  });
  assert.equal(messages(layerRequest(), empty), [
    'Nothing in /app/lib/shared goes into the layer: it has no file that is not ignored, and no requirements. Put a module or a requirements.txt there, or look at `bundling.exclude`.',
  ]);
});

layers('nothing is taken for its runtime that nobody has said', () => {
  assert.equal(messages(layerRequest({ runtime: {} }), folder()), [
    'Nothing says which runtime this layer is for. Set `compatibleRuntimes`, the context key cdk-lambda-python:runtime, or a .python-version in its folder.',
  ]);
  const version = { file: '/app/lib/shared/.python-version', text: '3.12\n' };
  assert.is(
    planned(layerRequest({ runtime: {} }), folder({ pythonVersion: version })).runtime.name,
    'python3.12',
  );
  assert.is(planned(layerRequest({ runtime: { context: '3.11' } }), folder()).runtime.name, 'python3.11');
});

layers('every compatible runtime must be one', () => {
  const known = messages(layerRequest({ runtime: { prop: 'nodejs22.x' } }), folder())[0] ?? '';
  assert.match(known, /^"nodejs22\.x" \(from `compatibleRuntimes`\) is not a Python runtime of Lambda\./);
  const other = messages(
    layerRequest({ alsoFor: { runtimes: ['nodejs22.x'], architectures: [] } }),
    folder(),
  );
  assert.equal(other, [known]);
});

layers('a folder that is not there is told of as one', () => {
  assert.equal(messages(layerRequest(), folder({ entry: null, files: [] })), [
    'The folder of this layer does not exist. Looked for:\n  - /app/lib/shared\nSet `entry` to a folder, absolute or relative to the file that defines the layer.',
  ]);
  assert.equal(messages(layerRequest({ definingFiles: [] }), folder({ entry: null, files: [] })), [
    'The file that defines this layer could not be told from the call stack. Set `entry` to the absolute path of the folder.',
  ]);
});

layers('more targets have a hash of their own', () => {
  const both = layerRequest({ alsoFor: { runtimes: [], architectures: ['arm64'] } });
  assert.is.not(planned(both, folder()).hash.content, layer.hash.content);
  assert.is(planned(both, folder()).hash.dependencies, layer.hash.dependencies);
});

const beside = suite("plan of a function beside its dependencies' layer");

const inLayer = (seen = requiring('six\n'), changes: Partial<BundleRequest> = {}): BundlePlan =>
  planned(request({ dependenciesIn: 'layer', runtime: { prop: 'python3.13' }, ...changes }), seen);

beside(
  'its content does not tell what is in the layer, and that of its requirements does not tell the handler',
  () => {
    const [six, idna] = [inLayer(), inLayer(requiring('idna\n'))];
    assert.is(six.hash.content, idna.hash.content);
    assert.is.not(six.hash.dependencies, idna.hash.dependencies);
    const bundled = inLayer(undefined, { dependenciesIn: 'bundle' });
    assert.is.not(six.hash.content, bundled.hash.content);
    assert.is(six.hash.dependencies, bundled.hash.dependencies);
    const edited = inLayer({ ...requiring('six\n'), files: [file('stack.my_handler.py', 'x = 1\n')] });
    assert.is.not(edited.hash.content, six.hash.content);
    assert.is(edited.hash.dependencies, six.hash.dependencies);
  },
);

beside('byte code is that of the layer for the modules, and its own for the function', () => {
  const { bytecode, hash } = inLayer();
  assert.is(bytecode?.prefix, '/var/task');
  const asLayer = planned(
    layerRequest(),
    folder({ requirements: requirements({ '/app/lib/requirements.txt': 'six\n' }) }),
  );
  assert.is(hash.bytecode, asLayer.hash.bytecode);
  assert.equal(planInconsistencies(inLayer()), []);
  assert.match(renderPlan(inLayer()), /\n {14}in a layer of their own\n/);
});

beside('commands that see both in one folder are refused', () => {
  const asked = (changes: Partial<BundleRequest>): readonly string[] =>
    messages(request({ dependenciesIn: 'layer', ...changes }), requiring('six\n'));
  const said = [
    '`bundling.dependencies` is "layer", but must be "bundle" if `bundling.command` or `bundling.commandHooks` is set.',
  ];
  assert.equal(asked({ hooks: { before: [], after: ['true'] } }), said);
  assert.equal(asked({ docker: { environment: [], volumes: [], command: ['true'] } }), said);
  assert.equal(asked({}), []);
  assert.equal(asked({ dependenciesIn: 'bundle', hooks: { before: [], after: ['true'] } }), []);
});

for (const part of [layers, beside]) part.run();
