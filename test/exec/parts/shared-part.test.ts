import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readPart, treeOf, writePartRecord, zipOf } from '../../../src/exec/store/part';
import type { Part } from '../../../src/exec/store/part';
import { makePart } from '../../../src/exec/parts/make-part';
import { remoteFolder } from '../../../src/exec/shared-store/remote-folder';
import { remoteStore } from '../../../src/exec/shared-store/remote-store';
import { fetchPart, offerPart } from '../../../src/exec/parts/shared-part';
import type { Store } from '../../../src/exec/store/store';
import { folderStore } from '../../../src/exec/store/store';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';
import type { RemoteStore } from '../../../src/exec/shared-store/object-store';

const test = suite('parts of a shared store');

const KEY = 'a'.repeat(64);

const silent = (): undefined => undefined;

/** A store with one part: a module, a script and an empty file. */
const storeWithPart = async (): Promise<{ readonly store: Store; readonly part: Part }> => {
  const store = folderStore(temporaryFolder());
  const part = await store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'tree');
    writeTree(tree, {
      'pkg/__init__.py': 'X = 1\n'.repeat(100),
      'bin/run': '#!/bin/sh\n',
      'pkg/py.typed': '',
    });
    fs.chmodSync(path.join(tree, 'bin/run'), 0o755);
    const made = await makePart(tree, path.join(temporary, 'part'), { zip: true, tree: true }, false);
    return store.addPart('modules', KEY, made);
  });
  return { store, part };
};

const shared = async (): Promise<{
  readonly remote: RemoteStore;
  readonly folder: string;
  readonly part: Part;
}> => {
  const { part } = await storeWithPart();
  const folder = path.join(temporaryFolder(), 'shared');
  const remote = remoteFolder(folder);
  await offerPart(remote, 'modules', KEY, part, (line) => assert.unreachable(line));
  return { remote, folder, part };
};

const fetched = async (
  remote: RemoteStore,
): Promise<{ readonly part: Part | undefined; readonly store: Store; readonly told: readonly string[] }> => {
  const store = folderStore(temporaryFolder());
  const told: string[] = [];
  const part = await fetchPart(remote, store, 'modules', KEY, (line) => void told.push(line));
  return { part, store, told };
};

test('what one machine has put there, another has: the same bytes in both forms', async () => {
  const { remote, folder, part } = await shared();
  assert.equal(
    listTree(folder).map((file) => file.path),
    [`v4/modules/${KEY}.json`, `v4/modules/${KEY}.zip`],
  );
  const { part: taken, store, told } = await fetched(remote);
  assert.equal(told, []);
  if (taken === undefined) throw new Error('there is no part');
  assert.equal(taken.files, part.files);
  assert.ok(fs.readFileSync(zipOf(taken)).equals(fs.readFileSync(zipOf(part))));
  assert.equal(listTree(treeOf(taken)), listTree(treeOf(part)));
  assert.equal(store.part('modules', KEY)?.files, part.files);
});

test('what is not there is not told', async () => {
  const { part, told } = await fetched(remoteFolder(path.join(temporaryFolder(), 'none')));
  assert.equal([part, told], [undefined, []]);
});

/** What is told where a shared object was changed; the part is not taken. */
const refused = async (change: (folder: string) => void): Promise<string> => {
  const { remote, folder } = await shared();
  change(path.join(folder, 'v4/modules'));
  const { part, store, told } = await fetched(remote);
  assert.is(part, undefined);
  assert.is(store.part('modules', KEY), undefined);
  assert.is(told.length, 1);
  return (told[0] ?? '').replace(folder, 'SHARED').replace(KEY, 'KEY');
};

const edit = (file: string, change: (content: Buffer) => Buffer): void => {
  fs.writeFileSync(file, change(fs.readFileSync(file)));
};

test('a zip with a flipped bit, cut short, or gone', async () => {
  const zip = (folder: string): string => path.join(folder, `${KEY}.zip`);
  const flip = await refused((folder) =>
    edit(zip(folder), (content) => {
      content[90] = (content[90] ?? 0) ^ 1;
      return content;
    }),
  );
  assert.match(flip, /^the shared store SHARED was left out, v4\/modules\/KEY\.zip: .* holds other bytes/);
  assert.match(
    await refused((folder) => edit(zip(folder), (content) => content.subarray(0, 100))),
    /KEY\.zip: it has 100 bytes, not \d+$/,
  );
  assert.is(
    await refused((folder) => fs.rmSync(zip(folder))),
    'the shared store SHARED was left out, v4/modules/KEY.zip: is not there, but its record is',
  );
});

test('a record that is none, or names other files', async () => {
  const record = (folder: string): string => path.join(folder, `${KEY}.json`);
  assert.is(
    await refused((folder) => fs.writeFileSync(record(folder), '{"bytes":1')),
    'the shared store SHARED was left out, v4/modules/KEY.json: is no record of a part',
  );
  const outside = (content: Buffer): Buffer =>
    Buffer.from(content.toString().replace('pkg/py.typed', '../../evil.py'));
  assert.match(await refused((folder) => edit(record(folder), outside)), 'is no record of a part');
  const other = (content: Buffer): Buffer =>
    Buffer.from(content.toString().replace('pkg/py.typed', 'pkg/other'));
  assert.match(await refused((folder) => edit(record(folder), other)), 'is not the file that was stored');
});

test('a store that cannot be read or written is told, and costs nothing else', async () => {
  const file = path.join(temporaryFolder(), 'file');
  fs.writeFileSync(file, '');
  const remote = remoteFolder(file);
  const { part } = await storeWithPart();
  const told: string[] = [];
  await offerPart(remote, 'modules', KEY, part, (line) => void told.push(line));
  assert.match(told.join(), `the shared store ${file} was left out, writing v4/modules/${KEY}.zip: `);
});

test('a part without a zip, or whose zip was written to, is not offered', async () => {
  const { part } = await storeWithPart();
  const folder = temporaryFolder();
  fs.appendFileSync(zipOf(part), 'x');
  await offerPart(remoteFolder(folder), 'modules', KEY, part, silent);
  writePartRecord(part.folder, { ...part, zip: null });
  const without = readPart(part.folder);
  if (without !== undefined) await offerPart(remoteFolder(folder), 'modules', KEY, without, silent);
  assert.equal(fs.readdirSync(folder), []);
});

test('which store the environment names', () => {
  assert.is(remoteStore({}), undefined);
  assert.is(remoteStore({ CDK_LAMBDA_PYTHON_REMOTE_STORE: '' }), undefined);
  const named = (name: string) => remoteStore({ CDK_LAMBDA_PYTHON_REMOTE_STORE: name })?.name;
  assert.is(named('/mnt/shared'), '/mnt/shared');
  assert.is(named('shared'), path.resolve('shared'));
  assert.is(named('s3://bucket'), 's3://bucket');
  assert.is(named('s3://bucket/a/b/'), 's3://bucket/a/b');
});

test.run();
