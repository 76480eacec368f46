import nodeFs, * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keptDigests } from '../../../src/exec/survey/kept-digests';
import { sealedContent } from '../../../src/exec/store/sealed-file';
import { survey } from '../../../src/exec/survey/survey';
import { surveyMemory } from '../../../src/exec/survey/survey-memory';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { sha256 } from '../../../src/plan/values/hash';
import type { SourceSnapshot } from '../../../src/plan/model/source-snapshot';
import { temporaryFolder } from '../../support/temporary';
import { diskReadsOf, filesRead } from '../support/disk-reads';
import { folderOf, HANDLER, requestFor } from '../support/requests';

const test = suite('kept digests');

const LARGE = 64 * 1024;
const large = (letter: string): string => letter.repeat(LARGE);

/** A clock by which what was just written was written long ago. */
const later = (): number => Date.now() + 10_000;

interface Looking {
  readonly store: string;
  readonly now?: () => number;
  readonly changes?: Partial<BundleRequest>;
}

/** What a new process would see of a folder. */
const look = (folder: string, { store, now = later, changes = {} }: Looking): SourceSnapshot =>
  survey(requestFor(folder, changes), surveyMemory(keptDigests(store, now)))();

/** The names of a folder's own files that a new process would read. */
const readBy = (folder: string, looking: Looking): readonly string[] =>
  filesRead(diskReadsOf(() => look(folder, looking)))
    .map((file) => path.relative(folder, file))
    .filter((file) => !file.startsWith('..'));

const digestOf = ({ files }: SourceSnapshot, name: string): string | undefined =>
  files.find((file) => file.path === name)?.digest;

const keptFile = (store: string, root: string): string =>
  path.join(store, 'v4/digests', `${sha256(root)}.json`);

const keptIn = (store: string, root: string): readonly string[] =>
  Object.keys((JSON.parse(textIn(store, root)) as { files: object }).files);

/** Its text, which stands below its seal. */
const textIn = (store: string, root: string): string =>
  fs.readFileSync(keptFile(store, root), 'utf8').replace(/^[0-9a-f]{64}\n/, '');

test('a large file that is unchanged is not read by a second process; small ones are', () => {
  const store = temporaryFolder();
  const folder = folderOf({
    'index.py': HANDLER,
    'model.bin': large('a'),
    'data/more.bin': large('b'),
    'small.bin': large('c').slice(1),
  });
  const before = look(folder, { store });
  assert.equal(keptIn(store, folder), ['data/more.bin', 'model.bin']);
  assert.equal(readBy(folder, { store }), ['index.py', 'small.bin', 'index.py']);
  assert.equal(look(folder, { store }), before);
  assert.is(digestOf(before, 'model.bin'), sha256(large('a')));
});

test('so is one of a local package, and an archive', () => {
  const store = temporaryFolder();
  const folder = folderOf({
    'fn/index.py': HANDLER,
    'fn/requirements.txt': '../lib\n../w.whl\n',
    'lib/data.bin': large('a'),
    'w.whl': large('w'),
  });
  const files = () => filesRead(diskReadsOf(() => look(path.join(folder, 'fn'), { store })));
  const archives = (read: readonly string[]) => read.filter((file) => /(whl|bin)$/.test(file));
  assert.equal(archives(files()), [path.join(folder, 'lib/data.bin'), path.join(folder, 'w.whl')]);
  assert.equal(archives(files()), []);
  const packages = look(path.join(folder, 'fn'), { store }).requirements?.localPackages;
  assert.is(packages?.[1]?.files[0]?.digest, sha256(large('w')));
});

test('one that was changed, replaced or touched is read again', async () => {
  const store = temporaryFolder();
  const folder = folderOf({ 'index.py': HANDLER, 'model.bin': large('a') });
  const file = path.join(folder, 'model.bin');
  const { mtime } = fs.statSync(file);
  look(folder, { store });
  // Longer than the clock of any file system that tests run on takes for a tick.
  await new Promise((resolve) => setTimeout(resolve, 50));
  fs.writeFileSync(file, large('b'));
  fs.utimesSync(file, mtime, mtime);
  assert.is(digestOf(look(folder, { store }), 'model.bin'), sha256(large('b')), 'same size, same mtime');
  fs.writeFileSync(path.join(folder, 'new'), large('c'));
  fs.renameSync(path.join(folder, 'new'), file);
  fs.utimesSync(file, mtime, mtime);
  assert.is(digestOf(look(folder, { store }), 'model.bin'), sha256(large('c')), 'another inode');
  fs.appendFileSync(file, 'd');
  assert.is(digestOf(look(folder, { store }), 'model.bin'), sha256(`${large('c')}d`), 'another size');
});

/** Runs something on a file system that counts time in steps of two seconds, as FAT does; it lets a file have one time. */
const onFat = <A>(milliseconds: number, run: () => A): A => {
  const { statSync } = nodeFs;
  const floor = BigInt(milliseconds) - (BigInt(milliseconds) % 2000n);
  const rounded = (...args: Parameters<typeof statSync>): unknown => {
    const stats = statSync(...args) as fs.Stats | fs.BigIntStats;
    return typeof stats.size === 'number'
      ? stats
      : Object.assign(stats, {
          ...{ mtimeMs: floor, ctimeMs: floor },
          ...{ mtimeNs: floor * 1_000_000n, ctimeNs: floor * 1_000_000n },
        });
  };
  Reflect.set(nodeFs, 'statSync', rounded);
  try {
    return run();
  } finally {
    Reflect.set(nodeFs, 'statSync', statSync);
  }
};

test('an edit in place that leaves size and times as they were is never missed', () => {
  const written = 1_700_000_000_000;
  for (const between of [0, 1, 500, 1900]) {
    const store = temporaryFolder();
    const folder = folderOf({ 'index.py': HANDLER, 'model.bin': large('a') });
    const now = () => written + between;
    onFat(written, () => look(folder, { store, now }));
    fs.writeFileSync(path.join(folder, 'model.bin'), large('b'));
    const after = onFat(written + between, () => look(folder, { store }));
    assert.is(digestOf(after, 'model.bin'), sha256(large('b')), `after ${between} ms`);
  }
});

test('what was written just now is not kept, nor is a file that the clock puts in the future', () => {
  const store = temporaryFolder();
  const folder = folderOf({ 'index.py': HANDLER, 'model.bin': large('a') });
  look(folder, { store, now: Date.now });
  assert.not.ok(fs.existsSync(keptFile(store, folder)));
  fs.utimesSync(path.join(folder, 'model.bin'), new Date(), new Date('2100-01-01'));
  look(folder, { store });
  assert.not.ok(fs.existsSync(keptFile(store, folder)));
});

test('whether a file may be executed, and what it is, is always looked at', () => {
  const store = temporaryFolder();
  const folder = folderOf({ 'index.py': HANDLER, 'model.bin': large('a') });
  const file = path.join(folder, 'model.bin');
  const written = Date.now();
  const looked = () => onFat(written, () => look(folder, { store }));
  const executable = () => looked().files.find(({ path: name }) => name === 'model.bin')?.executable;
  assert.is(executable(), false);
  fs.chmodSync(file, 0o755);
  assert.is(executable(), true);
  fs.rmSync(file);
  fs.symlinkSync('nowhere', file);
  assert.equal(looked().problems, [{ _tag: 'BrokenSymlink', path: file, target: 'nowhere' }]);
});

test('it is written once for all functions of an app, and only where something is new', () => {
  const store = temporaryFolder();
  const folder = folderOf({ 'a.x.py': HANDLER, 'b.x.py': HANDLER, 'm.bin': large('a'), 'n.bin': large('b') });
  const renames: string[] = [];
  const { renameSync } = nodeFs;
  const app = (): void => {
    const memory = surveyMemory(keptDigests(store, later));
    for (const name of ['a.x.py', 'b.x.py']) survey(requestFor(path.join(folder, name)), memory)();
  };
  Reflect.set(nodeFs, 'renameSync', (from: string, to: string) => {
    renames.push(to);
    renameSync(from, to);
  });
  try {
    app();
    assert.equal(renames, [keptFile(store, folder)]);
    app();
    assert.is(renames.length, 1);
    fs.rmSync(path.join(folder, 'n.bin'));
    fs.writeFileSync(path.join(folder, 'o.bin'), large('o'));
    app();
    assert.is(renames.length, 2);
  } finally {
    Reflect.set(nodeFs, 'renameSync', renameSync);
  }
  assert.equal(fs.readdirSync(path.join(store, 'v4/digests')), [path.basename(keptFile(store, folder))]);
  assert.equal(keptIn(store, folder), ['m.bin', 'o.bin'], 'a file that is gone is forgotten');
});

test('functions that leave other files out do not forget those of each other', () => {
  const store = temporaryFolder();
  const folder = folderOf({ 'index.py': HANDLER, 'a.bin': large('a'), 'b.bin': large('b') });
  look(folder, { store, changes: { exclude: ['b.bin'] } });
  look(folder, { store, changes: { exclude: ['a.bin'] } });
  assert.equal(readBy(folder, { store }), ['index.py', 'index.py']);
});

test('digests that cannot be read are the same as none, and are replaced', () => {
  const store = temporaryFolder();
  const folder = folderOf({ 'index.py': HANDLER, 'model.bin': large('a') });
  const file = keptFile(store, folder);
  const before = look(folder, { store });
  const [good, whole] = [textIn(store, folder), fs.readFileSync(file, 'utf8')];
  const digest = sha256(large('a'));
  const bad = [
    ...[
      '',
      'null',
      '[]',
      '{}',
      '"text"',
      '\0',
      good.slice(0, -9),
      good.replace('"version":1', '"version":2'),
    ],
    good.replace(JSON.stringify(folder), '"/another/root"'),
    good.replace(digest, 'a'.repeat(63)),
    good.replace(`"${digest}"`, 'null'),
    JSON.stringify({ version: 1, root: folder, files: null }),
    JSON.stringify({ version: 1, root: folder, files: { 'model.bin': null } }),
  ];
  const name = { root: store, kind: 'digests', key: sha256(folder) };
  const contents = [
    ...bad,
    ...bad.map((content) => sealedContent(name, Buffer.from(content))),
    whole.slice(0, -9),
    whole.slice(0, 30),
  ];
  for (const content of contents) {
    fs.writeFileSync(file, content);
    assert.equal(look(folder, { store }), before, content.toString());
    assert.is(fs.readFileSync(file, 'utf8'), whole);
  }
});

test('a digest that another has written, or that is that of another folder, does not count', () => {
  const store = temporaryFolder();
  const tree = { 'index.py': HANDLER, 'model.bin': large('a') };
  const [folder, other] = [folderOf(tree), folderOf(tree)];
  const before = look(folder, { store });
  look(other, { store });
  const whole = fs.readFileSync(keptFile(store, folder), 'utf8');
  const ofOther = { root: store, kind: 'digests', key: sha256(other) };
  const forged = textIn(store, folder).replace(sha256(large('a')), sha256('another'));
  for (const content of [
    forged,
    whole.replace(sha256(large('a')), sha256('another')),
    sealedContent(ofOther, Buffer.from(forged)),
  ]) {
    fs.writeFileSync(keptFile(store, folder), content);
    assert.equal(look(folder, { store }), before);
  }
});

test('a store that cannot be written is no error, and nothing is left in it', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'model.bin': large('a') });
  const expected = survey(requestFor(folder))();
  const taken = folderOf({ store: 'a file', 'v4/digests/x': '' });
  assert.equal(look(folder, { store: path.join(taken, 'store') }), expected);
  fs.mkdirSync(keptFile(taken, folder));
  fs.writeFileSync(path.join(keptFile(taken, folder), 'x'), '');
  assert.equal(look(folder, { store: taken }), expected);
  assert.equal(fs.readdirSync(path.join(taken, 'v4/digests')).sort(), [`${sha256(folder)}.json`, 'x'].sort());
});

test.run();
