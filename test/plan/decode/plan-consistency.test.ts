import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inLayer } from '../../../src/plan/model/bytecode-plan';
import type { BundlePlan, SourceFile } from '../../../src/plan/model/bundle-plan';
import { sha256 } from '../../../src/plan/values/hash';
import { planInconsistencies } from '../../../src/plan/decode/plan-consistency';
import { bytecodeHash, contentHash } from '../../../src/plan/parts/plan-hash';
import { file, planned, request, requiring, snapshot } from '../support/world';

const test = suite('plan consistency');

const plan = planned(request({ runtime: { prop: '3.11' } }), {
  ...snapshot({ files: [file('stack.my_handler.py'), file('a.txt')] }),
  requirements: requiring('six\n').requirements,
});

const errors = (changes: Partial<BundlePlan>): readonly string[] =>
  planInconsistencies({ ...plan, ...changes }).map(({ path, message }) => `${path}: ${message}`);

/** With the content's hash that the fields give, so that only something else can be wrong. */
const withContent = (changes: Partial<BundlePlan>): readonly string[] => {
  const { hash, bytecode, output, sources, dependenciesIn } = { ...plan, ...changes };
  const dependencies = dependenciesIn === 'bundle' ? hash.dependencies : null;
  return errors({
    ...changes,
    hash: {
      ...hash,
      bytecode:
        dependenciesIn === 'bundle' || bytecode === null || hash.dependencies === null
          ? hash.bytecode
          : bytecodeHash(hash.dependencies, inLayer(bytecode)),
      content: contentHash(dependencies, bytecode, output.prefix, sources),
    },
  });
};
const withSources = (...sources: readonly SourceFile[]): readonly string[] => withContent({ sources });

const [text, entry] = plan.sources;
if (text === undefined || entry === undefined) throw new Error('two sources');

test('a plan of plan() is consistent', () => {
  assert.equal(errors({}), []);
  assert.equal(withSources(text, entry), []);
  assert.equal(withSources(entry, text), []);
});

test('the runtime is one of Lambda, spelled out as the table has it', () => {
  const { runtime } = plan;
  assert.equal(errors({ runtime: { ...runtime, name: 'ruby3.3' } }).slice(0, 1), [
    '/runtime/name: "ruby3.3" is not a Python runtime of Lambda',
  ]);
  assert.equal(errors({ runtime: { ...runtime, name: '3.11' } }), [
    '/runtime/name: "3.11" is not a Python runtime of Lambda',
  ]);
  assert.equal(errors({ runtime: { ...runtime, python: '3.12' } }), [
    '/runtime/python: must be "3.11", got "3.12"',
  ]);
  assert.equal(errors({ runtime: { ...runtime, glibc: '2.40' } }), [
    '/runtime/glibc: must be "2.26", got "2.40"',
  ]);
  assert.equal(
    errors({ runtime: { ...runtime, platformTags: ['linux_x86_64', ...runtime.platformTags.slice(1)] } }),
    ['/runtime/platformTags/0: must be "manylinux_2_26_x86_64", got "linux_x86_64"'],
  );
  assert.equal(errors({ runtime: { ...runtime, platformTags: [...runtime.platformTags, 'any'] } }), [
    '/runtime/platformTags/25: unknown field',
  ]);
});

test('the entry is a source, and lies where that does', () => {
  const at = plan.entry;
  assert.equal(errors({ entry: { ...at, path: 'other.py' } }), [
    '/entry/path: "other.py" is not the path of a source',
    '/sources/1/path: must be "stack.my_handler.py", got "stack_my_handler.py": only the entry may have a different path',
  ]);
  assert.equal(errors({ entry: { ...at, file: '/app/lib/other.py' } }), [
    '/entry/file: is not the source "stack.my_handler.py" of the root',
  ]);
  assert.equal(errors({ entry: { ...at, root: '/etc' } }), [
    '/entry/file: is not the source "stack.my_handler.py" of the root',
  ]);
  assert.equal(errors({ entry: { ...at, root: '/app/lib/' } }), []);
  assert.equal(errors({ entry: { ...at, root: '/', file: '/stack.my_handler.py' } }), []);
  assert.equal(errors({ entry: { ...at, root: 'C:\\app', file: 'C:\\app\\stack.my_handler.py' } }), []);
});

test('a function has an entry and a handler, a layer neither', () => {
  const { entry: at, bytecode } = plan;
  if (bytecode === null || plan.hash.dependencies === null) throw new Error('no byte code');
  const inLayer = { ...bytecode, prefix: '/opt/python' };
  const layer: Partial<BundlePlan> = {
    kind: 'layer',
    entry: { ...at, file: at.root, path: null },
    handler: null,
    sources: [text],
  };
  const compiled = {
    bytecode: inLayer,
    hash: { ...plan.hash, bytecode: bytecodeHash(plan.hash.dependencies, inLayer) },
  };
  // The container's script is told of the prefix as well.
  const onlyCompiled = (found: readonly string[]): readonly string[] =>
    found.filter((error) => !error.startsWith('/install/docker/'));
  const whole = { ...layer, ...compiled };
  assert.equal(onlyCompiled(withContent(whole)), []);
  assert.equal(onlyCompiled(withContent({ ...whole, handler: 'a.b' })), [
    '/handler: must be null, got "a.b"',
  ]);
  assert.equal(onlyCompiled(withContent({ ...whole, entry: { ...at, path: 'a.txt' } })), [
    '/entry/path: must be null, got "a.txt"',
  ]);
  assert.equal(withContent(layer), ['/bytecode/prefix: must be "/opt/python", got "/var/task"']);
  assert.equal(errors({ handler: null }), ['/handler: a function must have one']);
  assert.equal(errors({ entry: { ...at, path: null } }).slice(0, 1), [
    '/entry/path: a function must have one',
  ]);
});

test('sources keep their paths, each its own', () => {
  assert.equal(withSources({ ...text, path: 'b.txt' }, entry), [
    '/sources/0/path: must be "a.txt", got "b.txt": only the entry may have a different path',
  ]);
  assert.equal(withSources(text, entry, text), ['/sources/2/path: "a.txt" is there twice']);
  const below = { ...text, from: 'a.txt/b', path: 'a.txt/b' };
  assert.equal(withSources(text, below, entry), ['/sources/0/path: "a.txt" is the folder of another file']);
});

test('the limit is not above that of Lambda', () => {
  assert.equal(errors({ output: { ...plan.output, maximumSize: 262_144_001 } }), [
    '/output/maximumSize: must be at most 262144000, got 262144001',
  ]);
  assert.equal(errors({ output: { ...plan.output, maximumSize: 1 } }), []);
});

test('the hashes are those of what they are of', () => {
  const other = sha256('other');
  assert.equal(errors({ hash: { ...plan.hash, content: other } }), [
    `/hash/content: must be "${plan.hash.content.slice(0, 57)}…", got "${other.slice(0, 57)}…"`,
  ]);
  assert.equal(withContent({ hash: { ...plan.hash, dependencies: other } }), [
    `/hash/dependencies: must be "${String(plan.hash.dependencies).slice(0, 57)}…", got "${other.slice(0, 57)}…"`,
  ]);
  assert.equal(errors({ hash: { ...plan.hash, bytecode: other } }), [
    `/hash/bytecode: must be "${String(plan.hash.bytecode).slice(0, 57)}…", got "${other.slice(0, 57)}…"`,
  ]);
  const places = (changes: Partial<BundlePlan>): readonly string[] =>
    errors(changes).map((error) => error.replace(/: .*/, ''));
  assert.equal(places({ sources: [{ ...text, digest: other }, entry] }), ['/hash/content']);
  assert.equal(places({ output: { ...plan.output, prefix: 'python' } }), ['/hash/content']);
  assert.equal(places({ dependenciesIn: 'layer' }), ['/hash/bytecode', '/hash/content']);
  assert.equal(withContent({ output: { ...plan.output, prefix: 'python' } }), []);
  assert.equal(withContent({ dependenciesIn: 'layer' }), []);
  if (plan.install === null) throw new Error('no install');
  const { leftOut } = plan.install;
  for (const changed of [{ omit: ['six'] }, { requested: ['six'] }, { exclude: ['*.pyi'] }]) {
    const install = { ...plan.install, leftOut: { ...leftOut, ...changed } };
    assert.equal(places({ install }), ['/hash/dependencies', '/hash/bytecode']);
  }
});

test('the output is a bundle by its name, in a folder of this machine', () => {
  const name = path.posix.basename(plan.output.path);
  for (const other of [
    '/',
    '/etc/passwd',
    `/app/../${name}`,
    `C:\\x\\${name}`,
    `\\\\h\\x\\${name}`,
    `/a/${name}/x`,
  ])
    assert.match(
      errors({ output: { ...plan.output, path: other } }).join(),
      /^\/output\/path: must be an absolute/,
    );
  assert.equal(errors({ output: { ...plan.output, path: `/elsewhere/${name}` } }), []);
});

test('the asset hash may be one that the user has chosen', () => {
  const asset = sha256('chosen');
  const output = { ...plan.output, path: `/app/cdk.out/asset.${asset}.zip` };
  assert.equal(errors({ hash: { ...plan.hash, asset }, output }), []);
  const chosen = planned(request({ assetHash: 'v1' }));
  assert.equal(planInconsistencies(chosen), []);
});

test('there is a key of dependencies exactly where there are some', () => {
  const none = { ...plan.hash, dependencies: null, bytecode: null };
  assert.equal(withContent({ install: null, hash: none }), []);
  assert.equal(
    withContent({ hash: none }).map((error) => error.slice(0, 24)),
    ['/hash/dependencies: must', '/hash/bytecode: must be '],
  );
  assert.equal(
    errors({ install: null }).map((error) => error.slice(0, 32)),
    ['/hash/dependencies: must be null', '/hash/bytecode: must be null, got'.slice(0, 32)],
  );
});

test.run();
