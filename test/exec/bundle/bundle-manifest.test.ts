import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleManifest } from '../../../src/exec/bundle/bundle-manifest';
import { manifestPath, manifestText, readManifest } from '../../../src/exec/bundle/bundle-manifest';
import { makeBundle } from '../../../src/exec/bundle/make-bundle';
import { isPresent } from '../../../src/exec/bundle/bundle-is-current';
import { settleBundles } from '../../../src/exec/batch/settle';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { sha256 } from '../../../src/plan/values/hash';
import { listTree, temporaryFolder } from '../../support/temporary';
import { unpack } from '../../support/unpack';
import { planOf, planWith } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';
import { manifestFor, newStore, putPart } from '../support/stores';

const test = suite('the manifest of a bundle');

const NOTHING = { modules: null, bytecode: null };
const PLACES = { environment: { PATH: '' }, platform: 'linux' } as const;

const textOf = ({ output }: BundlePlan): string => fs.readFileSync(manifestPath(output.path), 'utf8');

const manifestIn = (plan: BundlePlan): BundleManifest => {
  const manifest = readManifest(textOf(plan));
  if (manifest === undefined) throw new Error(textOf(plan));
  return manifest;
};

/** What is really in a bundle, in the words of a manifest. */
const really = ({ output }: BundlePlan): BundleManifest['files'] =>
  listTree(unpack(output.path)).map(({ path: file, mode, sha256: digest }) => ({
    path: file,
    size: fs.statSync(path.join(unpack(output.path), file)).size,
    mode: mode as '644',
    sha256: digest,
  }));

test('its place', () => {
  assert.is(manifestPath('/out/asset.abc.zip'), '/out/asset.abc.manifest.json');
  assert.is(manifestPath('/out/asset.abc'), '/out/asset.abc.manifest.json');
});

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: every file that is in it, with modules, byte code, the entry's new name and the prefix`, async () => {
    const store = newStore();
    const folder = folderOf({ 'stack.fn.py': HANDLER, 'run.sh': 'x', 'requirements.txt': 'six\n' });
    fs.chmodSync(path.join(folder, 'run.sh'), 0o755);
    const entry = { _tag: 'ByPath', path: path.join(folder, 'stack.fn.py'), index: 'index.py' } as const;
    const plan = planOf(folder, { packaging, entry, prefix: 'a/b' });
    const modules = await putPart(store, 'six', { 'six.py': 'six', 'größe/x.py': '' });
    const bytecode = await putPart(store, 'pyc', { '__pycache__/six.cpython-311.pyc': 'code' }, 'bytecode');
    assert.is(makeBundle(store, plan, { modules, bytecode })._tag, 'Right');
    const manifest = manifestIn(plan);
    assert.equal(manifest.files, really(plan));
    assert.equal(
      manifest.files.map((file) => `${file.mode} ${file.size} ${file.path}`),
      [
        '644 4 a/b/__pycache__/six.cpython-311.pyc',
        '644 0 a/b/größe/x.py',
        '755 1 a/b/run.sh',
        '644 3 a/b/six.py',
        `644 ${HANDLER.length} a/b/stack_fn.py`,
      ],
    );
    const { asset, content } = plan.hash;
    assert.equal(
      { ...manifest, distributions: [], files: [] },
      {
        version: 3,
        key: content,
        zip: packaging === 'zip' ? fs.statSync(plan.output.path).size : null,
        sbom: null,
        asset,
        content,
        count: 5,
        size: 8 + HANDLER.length,
        distributions: [],
        installers: [],
        files: [],
      },
    );
  });
}

test('the same plan gives the same bytes, wherever and whenever it is made; a label is not in it', () => {
  const made = ['zip', 'zip', 'directory', 'directory'].map((packaging, index) => {
    const plan = planOf(folderOf({ 'index.py': HANDLER, 'data/a.txt': 'a' }), {
      packaging: packaging as 'zip',
      label: `Stack/Function${index}`,
    });
    makeBundle(newStore(), plan, NOTHING);
    return textOf(plan);
  });
  const [zip, again, folder, other] = made;
  assert.equal([zip, folder], [again, other]);
  assert.is(zip?.replace(/"zip":\d+/, '"zip":null'), folder, 'of a folder it says the same, but for the zip');
  assert.not.match(made[0] ?? '', /Function|index\.py:|\/tmp/);
  assert.is(made[0]?.split('\n').length, 2 + 2 + 1, 'a file a line');
});

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: a bundle without its manifest, or whose manifest was written to, is no finished one`, () => {
    const store = newStore();
    const plan = planOf(folderOf({ 'index.py': HANDLER }), { packaging });
    const outcome = (): string | undefined => {
      const item = { plan, environment: {} };
      return settleBundles(store, PLACES, [item], () => undefined).get(item)?._tag;
    };
    assert.is(outcome(), 'Bundled');
    assert.is(outcome(), 'Present');
    const before = textOf(plan);
    for (const harm of [
      () => fs.rmSync(manifestPath(plan.output.path)),
      () => fs.writeFileSync(manifestPath(plan.output.path), '{}'),
    ]) {
      harm();
      assert.not(isPresent(plan));
      assert.is(outcome(), 'Bundled', 'it is made anew');
      assert.is(textOf(plan), before);
      assert.is(outcome(), 'Present');
    }
  });
}

test('a bundle that cannot be put in place leaves no bundle without a manifest', () => {
  const plan = planOf(folderOf({ 'index.py': HANDLER }), { packaging: 'zip' });
  const store = newStore();
  fs.mkdirSync(path.dirname(plan.output.path), { recursive: true });
  const { renameSync } = fs;
  nodeFs.renameSync = (from, to) => {
    if (to === manifestPath(plan.output.path)) throw Object.assign(new Error('no'), { code: 'ENOSPC' });
    renameSync(from, to);
  };
  try {
    assert.is(makeBundle(store, plan, NOTHING)._tag, 'Left');
  } finally {
    nodeFs.renameSync = renameSync;
  }
  assert.equal(fs.readdirSync(path.dirname(plan.output.path)), []);
});

test('under a hash of the user’s choice it has that, and the content that is really there', () => {
  const store = newStore();
  const folder = folderOf({ 'index.py': HANDLER });
  const plan = () => planOf(folder, { packaging: 'zip', assetHash: 'mine' });
  const out = { ...plan().output, path: path.join(temporaryFolder(), 'asset.zip') };
  const made = (text: string): BundleManifest => {
    fs.writeFileSync(path.join(folder, 'index.py'), `${HANDLER}# ${text}\n`);
    const item = { plan: { ...plan(), output: out }, environment: {} };
    assert.is(settleBundles(store, PLACES, [item], () => undefined).get(item)?._tag, 'Bundled');
    assert.equal(manifestIn(item.plan).files, really(item.plan));
    return manifestIn(item.plan);
  };
  const [one, two, again] = [made('one'), made('two'), made('one')];
  assert.is(one.asset, plan().hash.asset);
  assert.is(two.asset, one.asset);
  assert.is.not(two.content, one.content);
  assert.equal(again, one);
});

test('what was resolved: name and version of each distribution, and not of what a package has a copy of', async () => {
  const store = newStore();
  const plan = planWith('six\n', { packaging: 'zip', prefix: 'lib' });
  const modules = await putPart(store, 'resolved', {
    'typing_extensions-4.15.0.dist-info/METADATA': 'x',
    'typing_extensions-4.15.0.dist-info/RECORD': 'x',
    'six-1.17.0.dist-info/METADATA': 'y',
    'setuptools/_vendor/wheel-0.45.dist-info/METADATA': 'z',
    'six.py': '',
  });
  makeBundle(store, plan, { modules, bytecode: null });
  assert.equal(manifestIn(plan).distributions, [
    { name: 'six', version: '1.17.0' },
    { name: 'typing-extensions', version: '4.15.0' },
  ]);
  assert.is(readManifest(textOf(plan).replace('"1.17.0"', '1')), undefined);
});

test('what is read of a manifest: this version, whole, ordered, and nothing else', () => {
  const manifest = manifestFor({ 'a.py': 'a', 'b.py': 'bb' });
  const text = manifestText(manifest);
  assert.equal(readManifest(text), manifest);
  const [a, b] = manifest.files;
  if (a === undefined || b === undefined) throw new Error('no files');
  const wrong: readonly unknown[] = [
    null,
    [],
    { ...manifest, version: 2 },
    { ...manifest, installers: undefined },
    { ...manifest, installers: [{ name: 'conda', version: '1' }] },
    { ...manifest, count: 3 },
    { ...manifest, zip: -1 },
    { ...manifest, distributions: [{ name: 'six' }] },
    { ...manifest, distributions: [{ name: '../x', version: '1' }] },
    { ...manifest, distributions: undefined },
    { ...manifest, more: 1 },
    { ...manifest, size: 4 },
    { ...manifest, files: [b, a] },
    { ...manifest, size: 2, files: [a, a] },
    ...['../a.py', '/a.py', 'a//b', ''].map((name) => ({ ...manifest, files: [{ ...a, path: name }, b] })),
    { ...manifest, files: [{ ...a, mode: '777' }, b] },
    { ...manifest, files: [{ ...a, sha256: sha256('a').toUpperCase() }, b] },
  ];
  for (const one of wrong) assert.is(readManifest(JSON.stringify(one)), undefined, JSON.stringify(one));
  for (const one of ['', '{', text.slice(0, -3)]) assert.is(readManifest(one), undefined, one);
});

test('a module set that is shared: two bundles of it, each with its own files', async () => {
  const store = newStore();
  const modules = await putPart(store, 'six', { 'six.py': 'six' });
  const plans = ['1', '2'].map((text) => planWith('six\n', { packaging: 'zip' }, { [`${text}.txt`]: text }));
  for (const plan of plans) makeBundle(store, plan, { modules, bytecode: null });
  assert.equal(
    plans.map((plan) => manifestIn(plan).files.map((file) => file.path)),
    [
      ['1.txt', 'index.py', 'six.py'],
      ['2.txt', 'index.py', 'six.py'],
    ],
  );
});

test.run();
