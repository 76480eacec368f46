import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readNative } from '../../../src/exec/distributions/elf';
import {
  compileLibrary,
  hasCompiler,
  libraryLinkedTo,
  libraryNeeding,
  programWithLoader,
} from '../../support/native';
import { temporaryFolder } from '../../support/temporary';

const test = suite('headers of native code');
const compiled = suite('headers of what a compiler makes');

const read = (content: string | Uint8Array): unknown => {
  const file = path.join(temporaryFolder(), 'file');
  fs.writeFileSync(file, content);
  return readNative(file);
};

/** The start of an ELF file of a machine, and no more. */
const header = (machine: number, { bits = 64, isLittle = true } = {}): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.write('\u007fELF', 'latin1');
  bytes[4] = bits === 64 ? 2 : 1;
  bytes[5] = isLittle ? 1 : 2;
  if (isLittle) bytes.writeUInt16LE(machine, 18);
  else bytes.writeUInt16BE(machine, 18);
  return bytes;
};

test('machines, by number and order of bytes', () => {
  assert.equal(read(header(62)), { machine: 'x86_64', bits: 64, glibcMinor: 0 });
  assert.equal(read(header(183)), { machine: 'aarch64', bits: 64, glibcMinor: 0 });
  assert.equal(read(header(3, { bits: 32 })), { machine: 'i686', bits: 32, glibcMinor: 0 });
  assert.equal(read(header(22, { isLittle: false })), { machine: 's390x', bits: 64, glibcMinor: 0 });
  assert.equal(read(header(190)), { machine: 'machine 190', bits: 64, glibcMinor: 0 });
});

test('what other systems load, and what none does', () => {
  assert.equal(read(Buffer.from('cffaedfe0c000001', 'hex')), { machine: 'macOS', bits: 64, glibcMinor: 0 });
  assert.equal(read(Buffer.from('cafebabe00000002', 'hex')), { machine: 'macOS', bits: 64, glibcMinor: 0 });
  assert.equal(read('MZ\u0090'), { machine: 'Windows', bits: 64, glibcMinor: 0 });
  for (const other of ['', 'INPUT(libz.so.1)', '\u007fELF', '#!/bin/sh\n']) assert.is(read(other), undefined);
});

test('what nothing loads and nobody starts: an object file, and what a program has left behind', () => {
  for (const type of [1, 4]) {
    const bytes = header(62);
    bytes.writeUInt16LE(type, 16);
    assert.is(read(bytes), undefined);
  }
});

compiled('the newest glibc that has to be there', () => {
  assert.equal(read(libraryNeeding('GLIBC_2.34')), { machine: 'x86_64', bits: 64, glibcMinor: 34 });
  assert.equal(read(libraryNeeding('GLIBC_2.2.5')), { machine: 'x86_64', bits: 64, glibcMinor: 2 });
  assert.equal(read(libraryNeeding('OTHER_2.34')), { machine: 'x86_64', bits: 64, glibcMinor: 0 });
  assert.equal(read(libraryNeeding('GLIBC_ABI_DT_RELR')), { machine: 'x86_64', bits: 64, glibcMinor: 36 });
  assert.equal(read(compileLibrary('int a;', '-nostdlib')), { machine: 'x86_64', bits: 64, glibcMinor: 0 });
});

compiled('musl in the place of glibc, by the library or the loader that is needed', () => {
  const plain = { machine: 'x86_64', bits: 64, glibcMinor: 0 };
  for (const name of ['libc.musl-x86_64.so.1', 'ld-musl-x86_64.so.1']) {
    assert.equal(read(libraryLinkedTo(name)), { ...plain, musl: name });
  }
  assert.equal(read(libraryLinkedTo('libmusl.so.1')), plain);
  const program = read(programWithLoader('/lib/ld-musl-x86_64.so.1')) as { readonly musl?: string };
  assert.is(program.musl, 'ld-musl-x86_64.so.1');
  const own = read(programWithLoader('/lib64/ld-linux-x86-64.so.2')) as { readonly musl?: string };
  assert.is(own.musl, undefined);
});

/** What the list of versions has in place of the name `GLIBC_2.34` (gABI, "Hash Table"). */
const HASH_OF_2_34 = Buffer.from('b4919606', 'hex');

compiled('a version that may be missing is none that has to be there', () => {
  const library = libraryNeeding('GLIBC_2.34');
  const entry = library.indexOf(HASH_OF_2_34);
  assert.is(entry, library.lastIndexOf(HASH_OF_2_34));
  library.writeUInt16LE(2, entry + 4);
  assert.equal(read(library), { machine: 'x86_64', bits: 64, glibcMinor: 0 });
});

compiled('section headers that are stripped or false hide nothing', () => {
  const library = libraryNeeding('GLIBC_2.38');
  library.fill(0, 40, 48);
  library.fill(0, 58, 64);
  assert.equal(read(library), { machine: 'x86_64', bits: 64, glibcMinor: 38 });
});

compiled('a file that is cut off or says nonsense is read to its end, and no further', () => {
  const library = libraryNeeding('GLIBC_2.38');
  for (let length = 64; length < library.length; length += 97) {
    assert.ok(read(library.subarray(0, length)), `${length} bytes`);
  }
  for (let at = 24; at < 1200; at += 7) {
    const broken = Buffer.from(library);
    broken.fill(0xff, at, at + 8);
    assert.type(read(broken), 'object', `garbage at ${at}`);
  }
});

test.run();
if (hasCompiler) compiled.run();
else console.log('SKIPPED: this machine has no gcc for x86_64');
