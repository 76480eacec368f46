import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { foreignErrors, foreignSources } from '../../../src/plan/install/foreign-own';
import type { NativeFile } from '../../../src/plan/model/native-code';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { pythonRuntimes } from '../../../src/plan/target/python-runtime';
import { runtimeOf } from '../../../src/plan/runtime/target-runtime';
import { file, request, snapshot } from '../support/world';

const test = suite("native code among the user's own files");

const runtime = pythonRuntimes.find(({ python }) => python === '3.11');
if (runtime === undefined) throw new Error('no such runtime');
const onX86 = runtimeOf(runtime, 'x86_64', 'prop');
const onArm = runtimeOf(runtime, 'arm64', 'prop');

const native = (machine: string, more: Partial<NativeFile> = {}): NativeFile => ({
  machine,
  bits: 64,
  glibcMinor: 0,
  ...more,
});
const [X86, ARM, MAC, WINDOWS] = ['x86_64', 'aarch64', 'macOS', 'Windows'].map((one) => native(one)) as [
  NativeFile,
  NativeFile,
  NativeFile,
  NativeFile,
];
const MUSL = native('x86_64', { musl: 'ld-musl-x86_64.so.1' });
const I686 = native('i686', { bits: 32 });
const [of311, of313] = ['311', '313'].map((of) => `_x.cpython-${of}-x86_64-linux-gnu.so`) as [string, string];

/** What of files never runs on x86_64, as `path: needs`. */
const never = (
  files: Readonly<Record<string, NativeFile>>,
  target = onX86,
  sources: readonly string[] = [],
): readonly string[] =>
  foreignSources(
    Object.entries(files).map(([path, one]) => ({ path, native: one })),
    target,
    new Set([...Object.keys(files), ...sources]),
  ).map(({ file: { path }, needs }) => `${path}: ${needs}`);

const ROWS: readonly (readonly [
  what: string,
  files: Readonly<Record<string, NativeFile>>,
  never: string[],
])[] = [
  ['what loads', { 'lib/libz.so.1.3': X86, 'bin/tool': X86, [of311]: X86 }, []],
  ['a library for another machine', { 'lib/libz.so.1': ARM }, ['lib/libz.so.1: aarch64']],
  ['a library of another system', { 'z.so': MAC, 'y.so': WINDOWS }, ['z.so: macOS', 'y.so: Windows']],
  ['a library for each of several machines', { 'amd64/libz.so': X86, 'arm64/libz.so': ARM }, []],
  ['a program for another machine', { 'bin/tool': ARM }, ['bin/tool: aarch64']],
  ['a program for each of several machines', { 'bin/amd64/tool': X86, 'bin/arm64/tool': ARM }, []],
  ['a program for another system', { 'cli.exe': WINDOWS, 'bin/tool': MAC }, []],
  ['a program that the processor may run', { 'bin/tool': I686 }, []],
  ['a library of that kind, which Python does not load', { 'z.so': I686 }, ['z.so: i686']],
  ['an extension for another Python', { [of313]: X86 }, [`${of313}: Python 3.13`]],
  ['an extension for each of several Pythons', { [of311]: X86, [of313]: X86 }, []],
  ['the same in folders', { [`a/${of311}`]: X86, [`b/${of313}`]: X86 }, []],
  ['a library does not make an extension load', { 'z.so': X86, '_x.abi3.so': ARM }, ['_x.abi3.so: aarch64']],
  ['an extension of a Mac', { '_x.cpython-311-darwin.so': MAC }, ['_x.cpython-311-darwin.so: macOS']],
  [
    'a newer C library',
    { 'z.so': native('x86_64', { glibcMinor: 34 }), 'y.so': native('x86_64', { glibcMinor: 26 }) },
    ['z.so: glibc 2.34 or newer'],
  ],
  ['another C library', { 'bin/tool': MUSL }, ['bin/tool: x86_64 with musl libc (ld-musl-x86_64.so.1)']],
  ['with its loader', { 'bin/tool': MUSL, 'lib/ld-musl-x86_64.so.1': X86 }, []],
  [
    'a newer one with its loader',
    { 'bin/tool': native('x86_64', { glibcMinor: 38 }), 'lib/ld-linux-x86-64.so.2': X86 },
    [],
  ],
];

for (const [what, files, expected] of ROWS) test(what, () => assert.equal(never(files), expected));

test('an extension that Python does not look at is fine where its source lies beside it', () => {
  const darwin = 'pkg/fast.cpython-311-darwin.so';
  const withSource = (files: Readonly<Record<string, NativeFile>>, ...sources: readonly string[]) =>
    never(files, onX86, sources);
  assert.equal(withSource({ [darwin]: MAC }, 'pkg/fast.py'), []);
  assert.equal(withSource({ [darwin]: MAC }, 'pkg/fast/__init__.py'), []);
  assert.equal(withSource({ [of313]: X86 }, '_x.py'), []);
  assert.equal(withSource({ [darwin]: MAC }, 'fast.py'), [`${darwin}: macOS`]);
  // Python takes these for modules of the target, before their source.
  assert.equal(withSource({ 'pkg/fast.so': MAC }, 'pkg/fast.py'), ['pkg/fast.so: macOS']);
  assert.equal(withSource({ [of311]: ARM }, '_x.py'), [`${of311}: aarch64`]);
});

test('the target decides', () => {
  assert.equal(never({ 'z.so': ARM }, onArm), []);
  assert.equal(never({ 'z.so': X86 }, onArm), ['z.so: x86_64']);
  assert.equal(never({ 'bin/tool': native('arm', { bits: 32 }) }, onArm), []);
});

const foreign = { ...file('lib/libz.so'), native: ARM };
const target = 'Python 3.11 on x86_64 (glibc 2.26)';

test('the error names the first file from the entry, and how many there are', () => {
  const errors = foreignErrors(
    request(),
    snapshot({ files: [file('a.py'), foreign, { ...foreign, path: 'y.so' }] }),
    onX86,
  );
  assert.equal(errors, [
    { _tag: 'ForeignSource', path: 'lib/libz.so', included: null, needs: 'aarch64', others: 1, target },
  ]);
  assert.equal(errors.map(showPlanError), [
    `lib/libz.so (and 1 more) of the entry is native code for aarch64; the target is ${target}. Leave it out with \`bundling.exclude\`, or build it for the target, for instance in the image of the runtime.`,
  ]);
});

test('what is included counts, and is named by where it lies', () => {
  const included = [{ ...foreign, folder: '/app/shared', from: 'libz.so' }];
  const errors = foreignErrors(request(), snapshot({ included }), onX86);
  assert.equal(errors.map(showPlanError), [
    `lib/libz.so of \`bundling.include\` (/app/shared/libz.so) is native code for aarch64; the target is ${target}. Leave it out with \`bundling.exclude\` or \`bundling.include\`, or build it for the target, for instance in the image of the runtime.`,
  ]);
  // A library beside it may be for the target.
  const files = [{ ...file('x.so'), native: X86 }];
  assert.equal(foreignErrors(request(), snapshot({ files, included }), onX86), []);
});

test('where commands run, what they leave is looked at in its place', () => {
  const commands = request({ hooks: { before: ['make'], after: [] } });
  assert.equal(foreignErrors(commands, snapshot({ files: [foreign] }), onX86), []);
});

test.run();
