import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BY_COMMANDS, OF_ENTRY } from '../../../src/exec/errors/content-error';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { foreignBinaries } from '../../../src/exec/distributions/foreign-binary';
import { listFiles } from '../../../src/exec/parts/make-part';
import { installedDistributions } from '../../../src/exec/distributions/recorded-files';
import { installedWheels } from '../../../src/exec/distributions/wheel-tags';
import { elfFor, hasCompiler, libraryLinkedTo, libraryNeeding } from '../../support/native';
import { planWith } from '../support/plans';
import { folderOf } from '../support/requests';

const test = suite('native code that does not load on the target');
const compiled = suite('native code that needs a newer C library');

const x86 = planWith('a\n', { runtime: { prop: '3.11' } });
const arm = planWith('a\n', { runtime: { prop: '3.11' }, architecture: 'arm64' });

const [X86, ARM, WINDOWS, MACOS] = [
  elfFor('x86_64'),
  elfFor('aarch64'),
  Buffer.from('MZ'),
  Buffer.from('cffaedfe', 'hex'),
];
const PURE = 'py3-none-any';
const LINUX = 'cp311-cp311-manylinux_2_17_x86_64';

/** What is said of files that `a` 1 has brought, with a wheel of this tag; files named `bin/…` are programs. */
const check = async (
  tag: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  plan = x86,
  hasOwnLibrary = false,
  locals: ReadonlySet<string> = new Set(),
  usersOwn?: (file: string) => string,
): Promise<readonly string[]> => {
  const record = [...Object.keys(files).filter(() => usersOwn === undefined), ''].join(',,\n');
  const tree = folderOf({ ...files, 'a-1.dist-info/WHEEL': `Tag: ${tag}\n`, 'a-1.dist-info/RECORD': record });
  for (const file of Object.keys(files).filter((one) => one.startsWith('bin/'))) {
    fs.chmodSync(path.join(tree, file), 0o755);
  }
  const { refused, warnings } = foreignBinaries(plan, {
    tree,
    files: listFiles(tree),
    distributions: installedDistributions(tree),
    wheels: await installedWheels(tree),
    hasOwnLibrary,
    locals,
    ...(usersOwn && { usersOwn }),
  });
  return [
    ...(refused === undefined ? [] : [showExecutionError(refused)]),
    ...warnings.map((one) => `told: ${one}`),
  ];
};

const refusal = (file: string, needs: string, target = 'Python 3.11 on x86_64 (glibc 2.26)'): string =>
  `${file} of a-1 is native code for ${needs}; the target is ${target}. Require a version with a wheel for the target, or build it in the image of the runtime (\`bundling.executor\` "docker").`;

test('what was built for the target and is for another machine or system is refused', async () => {
  assert.equal(await check(LINUX, { 'a/_x.so': ARM }), [refusal('a/_x.so', 'aarch64')]);
  assert.equal(await check(LINUX, { 'a.libs/libz.so.1.3': ARM }), [refusal('a.libs/libz.so.1.3', 'aarch64')]);
  assert.equal(await check(LINUX, { 'bin/a': ARM }), [refusal('bin/a', 'aarch64')]);
  assert.equal(await check(LINUX, { 'a/_x.so': MACOS }), [refusal('a/_x.so', 'macOS')]);
  assert.equal(await check(LINUX, { 'a/_x.so': elfFor('i686', 32) }), [refusal('a/_x.so', 'i686')]);
  assert.equal(await check(LINUX, { 'a/_x.so': elfFor('x86_64', 32) }), [
    refusal('a/_x.so', 'x86_64 with 32 bits'),
  ]);
  assert.equal(await check(LINUX, { 'a/_x.so': X86, 'bin/a': X86 }), []);
});

test('so is an extension that Python would import, whatever its wheel says', async () => {
  const names = ['a/_x.cpython-311-x86_64-linux-gnu.so', '_x.abi3.so'];
  for (const name of names) {
    assert.equal(await check(PURE, { [name]: ARM, 'b.so': X86 }), [refusal(name, 'aarch64')]);
    assert.equal(await check(PURE, { [name]: WINDOWS }), [refusal(name, 'Windows')]);
  }
  const own = 'Python 3.11 on arm64 (glibc 2.26)';
  const file = 'a/_x.cpython-311-aarch64-linux-gnu.so';
  assert.equal(await check(PURE, { [file]: X86 }, arm), [refusal(file, 'x86_64', own)]);
});

test('wheels for all systems: programs and libraries for others harm nobody', async () => {
  const launchers = { 'setuptools/cli.exe': WINDOWS, 'bin/gui.exe': WINDOWS, 'x/manager.dylib': MACOS };
  assert.equal(
    await check(PURE, { ...launchers, 'a/_x.cpython-311-darwin.so': MACOS, 'a/x.pyd': WINDOWS }),
    [],
  );
  const attach = { 'a/attach_amd64.so': X86, 'a/attach_x86.so': elfFor('i686', 32), 'a/attach.dylib': MACOS };
  assert.equal(await check(PURE, attach), []);
  assert.equal(await check(PURE, attach, arm), [
    'told: a/attach_amd64.so of a-1 is native code for x86_64, not for Python 3.11 on arm64 (glibc 2.26)',
    'told: a/attach_x86.so of a-1 is native code for i686, not for Python 3.11 on arm64 (glibc 2.26)',
  ]);
});

const LOCAL = new Set(['a-1']);

const refusedLocally = (file: string, needs: string, target: string): string =>
  `${file} of the local package a-1 is native code for ${needs}; the target is ${target} (glibc 2.26). Remove the file or leave it out of the package (in the settings of its build), or have its build compile it in the image of the runtime (\`bundling.executor\` "docker").`;

test('a local package: an extension or a library that does not load is refused, whatever the wheel says', async () => {
  const [of311, of313] = ['311', '313'].map((of) => `a/_x.cpython-${of}-x86_64-linux-gnu.so`);
  const inPackage = (files: Readonly<Record<string, Uint8Array>>, plan = x86) =>
    check(PURE, files, plan, false, LOCAL);
  const [onX86, onArm] = ['Python 3.11 on x86_64', 'Python 3.11 on arm64'] as const;
  assert.equal(await inPackage({ [`${of311}`]: X86 }), []);
  assert.equal(await inPackage({ [`${of311}`]: X86 }, arm), [refusedLocally(`${of311}`, 'x86_64', onArm)]);
  assert.equal(await inPackage({ [`${of313}`]: X86 }), [refusedLocally(`${of313}`, 'Python 3.13', onX86)]);
  const ofMac = 'a/_x.cpython-311-darwin.so';
  assert.equal(await inPackage({ [ofMac]: MACOS }), [refusedLocally(ofMac, 'macOS', onX86)]);
  assert.equal(await inPackage({ 'a/libz.so.1': ARM }), [refusedLocally('a/libz.so.1', 'aarch64', onX86)]);
  // A library of its own does not make an extension load.
  assert.equal(await inPackage({ 'a/libz.so.1': X86, [`${of313}`]: X86 }), [
    refusedLocally(`${of313}`, 'Python 3.13', onX86),
  ]);
});

test('a local package may have native code for several targets', async () => {
  const extensions = {
    'a/_x.cpython-311-x86_64-linux-gnu.so': X86,
    'a/_x.cpython-313-x86_64-linux-gnu.so': X86,
  };
  const machines = { 'a/libz-amd64.so': X86, 'a/libz-arm64.so': ARM };
  const systems = { 'a/cli.exe': WINDOWS, 'bin/gui.exe': WINDOWS, 'a/z.dylib': MACOS };
  for (const plan of [x86, arm]) assert.equal(await check(PURE, machines, plan, false, LOCAL), []);
  assert.equal(await check(PURE, { ...extensions, ...systems }, x86, false, LOCAL), []);
});

test('what commands make, and what they leave of the entry: refused where it never runs', async () => {
  const left = (files: Readonly<Record<string, Uint8Array>>) =>
    check(PURE, files, x86, false, new Set(), (file) => (file.startsWith('own/') ? OF_ENTRY : BY_COMMANDS));
  const refusedOf = (file: string, by: string, way: string): string =>
    `${file} of ${by} is native code for aarch64; the target is Python 3.11 on x86_64 (glibc 2.26). ${way} (\`bundling.executor\` "docker").`;
  assert.equal(await left({ 'own/z.so': ARM }), [
    refusedOf(
      'own/z.so',
      'the entry',
      'Leave it out with `bundling.exclude`, or have commands of this bundle build it for the target in the image of the runtime',
    ),
  ]);
  assert.equal(await left({ 'a/z.so': ARM }), [
    refusedOf(
      'a/z.so',
      'the commands of this bundle',
      'Have them install for the target (`pip install --only-binary=:all: --platform … --python-version …`), or run them in the image of the runtime',
    ),
  ]);
  assert.equal(await left({ 'own/z.so': X86, 'a/z-arm.so': ARM, 'bin/gui.exe': WINDOWS }), []);
});

test('what only has the name of a library is none', async () => {
  assert.equal(
    await check(LINUX, { 'a/libz.so': 'INPUT(libz.so.1)', 'a/empty.so': '', 'bin/a': '#!/bin/sh\n' }),
    [],
  );
  // Nor is native code looked for among data.
  assert.equal(await check(LINUX, { 'a/firmware.bin': ARM }), []);
});

compiled('a newer glibc than the runtime has', async () => {
  const [old, fits, newer] = ['GLIBC_2.17', 'GLIBC_2.26', 'GLIBC_2.27'].map((name) => libraryNeeding(name));
  if (old === undefined || fits === undefined || newer === undefined) throw new Error('no library');
  assert.equal(await check(LINUX, { 'a/_x.so': old, 'a/_y.so': fits }), []);
  assert.equal(await check(LINUX, { 'a/_x.so': old, 'a/_y.so': newer }), [
    refusal('a/_y.so', 'glibc 2.27 or newer'),
  ]);
  assert.equal(await check(PURE, { 'a/_y.so': newer }), [
    'told: a/_y.so of a-1 is native code for glibc 2.27 or newer, not for Python 3.11 on x86_64 (glibc 2.26)',
  ]);
  // The runtime's own image has the runtime's library; what its installer has taken loads there.
  assert.equal(await check(LINUX, { 'a/_y.so': newer }, x86, true), []);
  assert.equal(await check(LINUX, { 'a/_x.so': ARM }, x86, true), [refusal('a/_x.so', 'aarch64')]);
  const recent = planWith('a\n', { runtime: { prop: '3.13' } });
  assert.equal(await check(LINUX, { 'a/_y.so': newer }, recent), []);
});

compiled(
  'musl is refused by its name, wherever it was built; a wheel may ship it beside what loads',
  async () => {
    const musl = libraryLinkedTo('libc.musl-x86_64.so.1');
    const needs = 'x86_64 with musl libc (libc.musl-x86_64.so.1)';
    for (const isOwn of [false, true]) {
      assert.equal(await check(LINUX, { 'a/_x.so': musl }, x86, isOwn), [refusal('a/_x.so', needs)]);
    }
    assert.equal(await check(PURE, { '_x.abi3.so': musl }), [refusal('_x.abi3.so', needs)]);
    assert.equal(await check(PURE, { 'a/linux.so': libraryNeeding('GLIBC_2.17'), 'a/musl.so': musl }), []);
    assert.equal(await check(PURE, { 'a/musl.so': musl }), [
      `told: a/musl.so of a-1 is native code for ${needs}, not for Python 3.11 on x86_64 (glibc 2.26)`,
    ]);
  },
);

test.run();
if (hasCompiler) compiled.run();
else console.log('SKIPPED: this machine has no gcc for x86_64');
