import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manifestPath, manifestText } from '../../../src/exec/bundle/bundle-manifest';
import { findBundles } from '../../../src/exec/verify/find-bundles';
import { makeBundle } from '../../../src/exec/bundle/make-bundle';
import type { BundleVerified } from '../../../src/exec/verify/verify-bundle';
import { verifyBundle } from '../../../src/exec/verify/verify-bundle';
import { readDirectory } from '../../../src/exec/zip/zip-directory';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { temporaryFolder } from '../../support/temporary';
import { planOf } from '../support/plans';
import { folderOf, HANDLER, makePipe } from '../support/requests';
import { manifestFor, newStore, putPart, zipped } from '../support/stores';

const test = suite('a bundle and its manifest');

/** A bundle with a module, a program and a handler. */
const bundle = async (packaging: 'zip' | 'directory'): Promise<BundlePlan> => {
  const folder = folderOf({ 'index.py': HANDLER, 'bin/run': '#!/bin/sh\n' });
  fs.chmodSync(path.join(folder, 'bin/run'), 0o755);
  const plan = planOf(folder, { packaging });
  const store = newStore();
  const modules = await putPart(store, 'six', { 'six.py': 'six = 6\n'.repeat(40), 'pkg/__init__.py': '' });
  makeBundle(store, plan, { modules, bytecode: null });
  return plan;
};

const lines = ({ faults, unreadable }: BundleVerified): readonly string[] => [
  ...(unreadable === null ? [] : [unreadable]),
  ...faults.map((fault) => {
    const { _tag, path: file } = fault;
    if (fault._tag === 'Changed') return `${_tag} ${file} ${fault.what}`;
    return fault._tag === 'Mode' ? `${_tag} ${file} ${fault.found}` : `${_tag} ${file}`;
  }),
];

const verified = async ({ output }: BundlePlan): Promise<readonly string[]> =>
  lines(await verifyBundle(output.path));

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: as it was made, and what was read`, async () => {
    const { output } = await bundle(packaging);
    assert.equal(await verifyBundle(output.path), {
      bundle: output.path,
      manifest: manifestPath(output.path),
      faults: [],
      files: 4,
      bytes: HANDLER.length + 10 + 320,
      unreadable: null,
    });
  });
}

test('a folder: missing, added, changed, of another mode, and what is no file', async () => {
  const plan = await bundle('directory');
  const at = (file: string): string => path.join(plan.output.path, file);
  fs.rmSync(at('pkg/__init__.py'));
  fs.writeFileSync(at('six.py'), 'six = 7\n'.repeat(40));
  fs.writeFileSync(at('pkg/evil.py'), '');
  fs.chmodSync(at('bin/run'), 0o4755);
  fs.appendFileSync(at('index.py'), '#');
  fs.mkdirSync(at('empty'));
  assert.equal(await verified(plan), [
    'Missing pkg/__init__.py',
    'Added pkg/evil.py',
    `Changed index.py has ${HANDLER.length + 1} bytes, not ${HANDLER.length}`,
    'Changed six.py has other bytes',
    'Mode bin/run 4755',
  ]);
  for (const file of ['six.py', 'index.py']) fs.rmSync(at(file));
  fs.symlinkSync('/etc/passwd', at('six.py'));
  makePipe(at('index.py'));
  fs.rmSync(at('bin'), { recursive: true });
  fs.symlinkSync('pkg', at('bin'));
  assert.equal(await verified(plan), [
    'Missing bin/run',
    'Missing pkg/__init__.py',
    'Added bin',
    'Added pkg/evil.py',
    'Changed index.py is a named pipe',
    'Changed six.py is a symbolic link',
  ]);
});

/** Python's own zip library, as whoever changes a bundle has it. */
const rezip = (zip: string, script: string): void => {
  execFileSync('python3', [
    '-c',
    `import sys, zipfile\nfile = sys.argv[1]\nold = zipfile.ZipFile(file)\nfiles = {i: old.read(i) for i in old.infolist()}\nnew = zipfile.ZipFile(file + ".new", "w", zipfile.ZIP_DEFLATED)\n${script}\nnew.close()\n`,
    zip,
  ]);
  fs.renameSync(`${zip}.new`, zip);
};

test('a zip: missing, added, there twice, changed, of another mode', async () => {
  const plan = await bundle('zip');
  rezip(
    plan.output.path,
    `for info, content in files.items():
    if info.filename == "pkg/__init__.py": continue
    if info.filename == "bin/run": info.external_attr = 0o100777 << 16
    new.writestr(info, content.replace(b"6", b"7"))
new.writestr("pkg/evil.py", "")
new.writestr("index.py", "")`,
  );
  assert.equal(await verified(plan), [
    'Missing pkg/__init__.py',
    'Added index.py',
    'Added pkg/evil.py',
    'Changed six.py has other bytes',
    'Mode bin/run unknown',
  ]);
});

test('a zip: every byte counts, but for the version of the program that made it', async () => {
  const { output } = await bundle('zip');
  const content = fs.readFileSync(output.path);
  const { offset, records } = readDirectory(output.path);
  for (let at = 0; at < content.length; at += 1) {
    const flipped = Buffer.from(content);
    flipped.writeUInt8(content.readUInt8(at) ^ 1, at);
    fs.writeFileSync(output.path, flipped);
    const isVersion =
      at >= offset && records.indexOf('PK\x01\x02', Math.max(0, at - offset - 4)) === at - offset - 4;
    assert.is(lines(await verifyBundle(output.path)).length === 0, isVersion, `byte ${at}`);
  }
  for (let size = 0; size < content.length; size += 7) {
    fs.writeFileSync(output.path, content.subarray(0, size));
    assert.is.not(lines(await verifyBundle(output.path)).length, 0, `${size} bytes`);
  }
});

test('a zip: what its directory does not show, and an entry that says it has gigabytes', async () => {
  const place = path.join(temporaryFolder(), 'fn.zip');
  const files = { 'a.py': 'a'.repeat(100), 'b.py': 'b' };
  fs.writeFileSync(manifestPath(place), manifestText(manifestFor(files)));
  const zip = zipped(files);
  const bomb = Buffer.from(zip);
  const at = zip.indexOf('PK\x01\x02');
  [22, at + 24].forEach((field) => bomb.writeUInt32LE(0xffffffff, field));
  fs.writeFileSync(place, bomb);
  assert.equal(lines(await verifyBundle(place)), ['Changed a.py has 4294967295 bytes, not 100']);
  fs.writeFileSync(place, Buffer.concat([Buffer.from('MZ hidden'), zip]));
  assert.match(lines(await verifyBundle(place)).join(), /^it is not a zip of this library/);
  fs.rmSync(place);
  makePipe(place);
  assert.equal(lines(await verifyBundle(place)), ['it is not a zip of this library (it is not a file)']);
});

test('a manifest that is none, is not there, or is that of another asset', async () => {
  const plan = await bundle('zip');
  const beside = manifestPath(plan.output.path);
  const other = `/asset.${'0'.repeat(64)}.zip`;
  const place = path.dirname(plan.output.path) + other;
  fs.copyFileSync(plan.output.path, place);
  assert.equal(lines(await verifyBundle(place, beside)), [
    `its manifest ${beside} belongs to the asset ${plan.hash.asset}`,
  ]);
  fs.writeFileSync(beside, '{}');
  assert.equal(await verified(plan), [`its manifest ${beside} is not one that this version can read`]);
  fs.rmSync(beside);
  assert.equal(await verified(plan), [`its manifest ${beside} cannot be read: no such file`]);
  makePipe(beside);
  assert.equal(await verified(plan), [`its manifest ${beside} is not a file`]);
});

test('a bundle that was moved away, under another name', async () => {
  const plan = await bundle('zip');
  const place = path.join(temporaryFolder(), 'downloaded.zip');
  fs.renameSync(plan.output.path, place);
  assert.equal(lines(await verifyBundle(place, manifestPath(plan.output.path))), []);
});

test('which bundles a path names', async () => {
  const zip = await bundle('zip');
  const folder = path.dirname(zip.output.path);
  const asset = `asset.${zip.hash.asset}`;
  const manifest = path.join(folder, `${asset}.manifest.json`);
  const named = { bundle: zip.output.path, manifest };
  assert.equal(findBundles(zip.output.path), { _tag: 'Right', right: [named] });
  fs.writeFileSync(path.join(folder, 'manifest.json'), '{}');
  fs.mkdirSync(path.join(folder, 'asset.of-somebody-else'));
  assert.equal(findBundles(folder), { _tag: 'Right', right: [named] });
  fs.mkdirSync(path.join(folder, asset));
  const both = [named, { bundle: path.join(folder, asset), manifest }];
  assert.equal(findBundles(folder), { _tag: 'Right', right: both });
  assert.equal(findBundles(`${path.join(folder, asset)}/`), {
    _tag: 'Right',
    right: [{ bundle: `${path.join(folder, asset)}/`, manifest }],
  });
  [asset, `${asset}.zip`].forEach((name) => fs.rmSync(path.join(folder, name), { recursive: true }));
  assert.equal(findBundles(folder), { _tag: 'Right', right: [named] }, 'the one that should be there');
  assert.equal(lines(await verifyBundle(named.bundle, manifest)), ['no such file']);
  fs.rmSync(manifest);
  assert.equal(findBundles(folder), {
    _tag: 'Left',
    left: `${folder} is neither a bundle nor a folder with bundles: looked for ${folder}.manifest.json and for *.manifest.json in the folder. Make the bundles again, or name a manifest with --manifest.`,
  });
  const nowhere = path.join(folder, 'nowhere');
  assert.equal(findBundles(nowhere), {
    _tag: 'Left',
    left: `${nowhere} does not exist. Name a bundle, or a folder with bundles.`,
  });
});

test.run();
