import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import { folderStore } from '../../src/exec/store/store';
import { verify } from '../../src/exec/verify/verify-store';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest, Packaging } from '../../src/plan/request/bundle-request';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf, HANDLER, requestFor } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { reliabilityTable } from '../support/reliability-table';
import { environmentWith } from '../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

const { row, run } = reliabilityTable(suite('the store as target'), 'hostile: store');

/** All files of a bundle that a run makes with a store. */
const madeWith = async (store: string, plan: BundlePlan): Promise<unknown> => {
  fs.rmSync(path.dirname(plan.output.path), { recursive: true, force: true });
  const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: store };
  const [report] = await execute([plan], environment);
  assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  return listTree(unpack(plan.output.path));
};

/** Copies files with their times, as a program does that knows the store. */
const plant = (from: string, to: string): void => {
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(from, to, { recursive: true, preserveTimestamps: true });
};

/** The only entry of a kind. */
const entryOf = (store: string, ...below: readonly string[]): string => {
  const folder = path.join(folderStore(store).folder, ...below);
  const [name, ...others] = fs.readdirSync(folder).filter((one) => !one.endsWith('.json'));
  assert.ok(name !== undefined && others.length === 0, folder);
  return path.join(folder, name);
};

const KINDS: Readonly<Record<string, (store: string) => string>> = {
  modules: (store) => entryOf(store, 'modules'),
  'byte code of modules': (store) => entryOf(store, 'bytecode'),
  'finished zips': (store) => entryOf(store, 'bundles'),
  'byte code of the handler': (store) => {
    const folder = entryOf(store, 'pyc');
    return entryOf(store, 'pyc', path.basename(folder));
  },
};

/** What makes use of an entry of a kind: what would be served first is taken away. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  modules: ['bytecode', 'bundles'],
  'byte code of modules': ['bundles'],
  'finished zips': [],
  'byte code of the handler': ['bundles'],
};

const withoutSeal = (entry: string, target: string, kind: string): void => {
  plant(entry, target);
  if (kind !== 'byte code of the handler') fs.rmSync(path.join(target, 'seal'), { force: true });
  else fs.writeFileSync(target, fs.readFileSync(target).subarray(65), { flag: 'r+' });
  if (kind === 'byte code of the handler') fs.utimesSync(target, 315532800, 315532800);
};

/** Other content keeps the seal that was there before. */
const withOldSeal = (entry: string, target: string, kind: string): void => {
  const seal = path.join(target, 'seal');
  if (kind === 'byte code of the handler') {
    const old = fs.readFileSync(target).subarray(0, 65);
    plant(entry, target);
    fs.writeFileSync(target, Buffer.concat([old, fs.readFileSync(target).subarray(65)]));
    fs.utimesSync(target, 315532800, 315532800);
  } else {
    const old = fs.existsSync(seal) ? fs.readFileSync(seal) : Buffer.alloc(0);
    plant(entry, target);
    fs.writeFileSync(seal, old);
  }
};

const evilPlan = (packaging: Packaging): BundlePlan =>
  planWith('six==1.16.0\n', { packaging, bytecode: 'auto' }, { 'index.py': `${HANDLER}print("evil")\n` });

for (const packaging of ['zip', 'directory'] as const) {
  const kinds = Object.keys(KINDS).filter((kind) => packaging === 'zip' || kind !== 'finished zips');
  row(
    `a program plants an entry under the key of another project, with the time of a finished one, as ${packaging}`,
    'it does not count without a seal of this store over its key and content; the bundle is made again',
    async (tryCase) => {
      const victim = planWith('six==1.17.0\n', { packaging, bytecode: 'auto' });
      const honest = temporaryFolder();
      const expected = await madeWith(honest, victim);
      const evil = evilPlan(packaging);
      const other = temporaryFolder();
      await madeWith(other, evil);
      for (const kind of kinds) {
        const attack = async (
          put: (entry: string, target: string, kind: string) => void,
          evilStore: (store: string) => Promise<string>,
        ): Promise<void> => {
          const store = temporaryFolder();
          plant(honest, store);
          const target = KINDS[kind]?.(store) ?? '';
          put(await evilStore(store), target, kind);
          for (const served of ASKED[kind] ?? []) {
            fs.rmSync(path.join(folderStore(store).folder, served), { recursive: true, force: true });
          }
          assert.equal(await madeWith(store, victim), expected);
          assert.equal((await verify(folderStore(store))).broken, [], 'what was planted is replaced');
        };
        const ofOther = (): Promise<string> => Promise.resolve(KINDS[kind]?.(other) ?? '');
        await tryCase(`${kind}: without a seal`, () => attack(withoutSeal, ofOther));
        await tryCase(`${kind}: with the seal of another store`, () => attack(plant, ofOther));
        await tryCase(`${kind}: with the seal that was there before`, () => attack(withOldSeal, ofOther));
        await tryCase(`${kind}: an entry of the same store, moved to another key`, () =>
          attack(plant, async (store) => {
            // The evil project is an honest user of the same store, and has its entries sealed there.
            const copy = temporaryFolder();
            fs.copyFileSync(path.join(store, 'seal.key'), path.join(copy, 'seal.key'));
            fs.chmodSync(path.join(copy, 'seal.key'), 0o600);
            await madeWith(copy, evil);
            return KINDS[kind]?.(copy) ?? '';
          }),
        );
      }
    },
  );
}

row(
  'the key of the store is changed to one that others can read, or of another user',
  'the run stops with an error that says what to do; no entry counts, and nothing is removed',
  async (tryCase) => {
    const store = temporaryFolder();
    const plan = planWith('six==1.17.0\n', { packaging: 'zip' });
    await madeWith(store, plan);
    const key = path.join(store, 'seal.key');
    const before = listTree(path.join(store, path.basename(folderStore(store).folder), 'modules'));
    const refused = async (why: string): Promise<void> => {
      fs.rmSync(path.dirname(plan.output.path), { recursive: true });
      const environment = { ...environmentWith({ uv: true }), CDK_LAMBDA_PYTHON_CACHE: store };
      const [report] = await execute([plan], environment);
      assert.equal(report?.outcome, { _tag: 'Failed', error: { _tag: 'StoreKeyRefused', path: key, why } });
      assert.equal(fs.existsSync(plan.output.path), false);
      assert.equal(listTree(path.join(folderStore(store).folder, 'modules')), before);
      fs.mkdirSync(path.dirname(plan.output.path), { recursive: true });
    };
    await tryCase('mode 644', async () => {
      fs.chmodSync(key, 0o644);
      await refused('has mode 644, not 600');
      fs.chmodSync(key, 0o600);
    });
    await tryCase('another user', async () => {
      if (process.geteuid?.() !== 0) return;
      fs.chownSync(key, 12345, 12345);
      await refused('belongs to user 12345, not to user 0');
      fs.chownSync(key, 0, 0);
    });
    await tryCase('as it was', async () => void (await madeWith(store, plan)));
  },
);

/** Paths of the files that a plan of a folder has, with a store in that folder. */
const shipped = (folder: string, changes: Partial<BundleRequest> = {}): readonly string[] =>
  survey(requestFor(path.join(folder, 'index.py'), changes))().files.map((file) => file.path);

row(
  'the store lies in the folder of the entry, of a local package, or of a whole build',
  'it is no part of them: the hash stays as it is from run to run, and the bundle is the same',
  async (tryCase) => {
    const twice = async (
      folder: string,
      store: string,
      changes: Partial<BundleRequest> = {},
    ): Promise<void> => {
      const plan = planOf(folder, { packaging: 'zip', ...changes });
      const first = await madeWith(store, plan);
      const again = planOf(folder, { packaging: 'zip', ...changes });
      assert.equal(again.hash, plan.hash);
      assert.equal(again.sources, plan.sources);
      assert.equal(await madeWith(store, again), first);
    };
    await tryCase('the entry', async () => {
      const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==1.17.0\n' });
      await twice(folder, path.join(folder, 'deep/cache'));
      assert.equal(shipped(folder), ['index.py', 'requirements.txt']);
    });
    await tryCase('a failed run was the first', async () => {
      const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==0.0.0.1\n' });
      const environment = {
        ...environmentWith({ uv: true }),
        CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'cache'),
      };
      const plan = planOf(folder, { packaging: 'zip' });
      const [report] = await execute([plan], environment);
      assert.is(report?.outcome._tag, 'Failed');
      assert.equal(planOf(folder, { packaging: 'zip' }).hash, plan.hash);
    });
    await tryCase('a local package', async () => {
      const folder = folderOf({
        'index.py': HANDLER,
        'requirements.txt': './local\n',
        'local/pyproject.toml':
          '[project]\nname = "local"\nversion = "1"\n[build-system]\nrequires = ["setuptools"]\n[tool.setuptools]\npy-modules = ["local"]\n',
        'local/local.py': 'x = 1\n',
      });
      await twice(folder, path.join(folder, 'local/cache'));
    });
    await tryCase('a whole build', async () => {
      const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six==1.17.0\n' });
      const hooks = { before: ['ls > listed.txt'], after: [] };
      await twice(folder, path.join(folder, 'cache'), { hooks });
    });
    await tryCase('a folder of the user with a file of that name is shipped', () => {
      const folder = folderOf({ 'index.py': HANDLER });
      writeTree(folder, { 'certificates/seal.key': 'text', 'v4/data.txt': '' });
      assert.equal([...shipped(folder)].sort(), ['certificates/seal.key', 'index.py', 'v4/data.txt']);
    });
  },
);

run();
