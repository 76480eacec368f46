import * as fs from 'node:fs';
import * as path from 'node:path';
import type { NativeFile } from '../../plan/model/native-code';

/** Numbers of `e_machine` (System V gABI, chapter 4, "ELF Header"). */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'i686',
  20: 'ppc',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x86_64',
  183: 'aarch64',
  243: 'riscv64',
  258: 'loongarch64',
};

/** First bytes of Mach-O, in either byte order and for several machines. A Windows file (PE) begins with `MZ`. */
const MACH_O = ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];

/** Types of files that are neither loaded nor started. */
const [ET_REL, ET_CORE] = [1, 4];

/** Types of segments, and tags of the dynamic section (gABI, chapter 5; symbol versions: LSB, "Symbol Versioning"). */
const [PT_LOAD, PT_DYNAMIC, PT_INTERP] = [1, 2, 3];
const [DT_NEEDED, DT_STRTAB, DT_VERNEED, DT_VERNEEDNUM] = [1, 5, 0x6ffffffe, 0x6fffffff];
/** The flag of a version that may be missing. */
const VER_FLG_WEAK = 2;
const [VERNEED_SIZE, VERNAUX_SIZE, PHDR_SIZE, DYN_SIZE] = [16, 16, 56, 16];

/** A limit for the lengths of lists that a file claims: the longest real ones have some dozens of entries. */
const MOST = 4096;

/** glibc 2.36 is the first with relative relocations, and a file with them requires this version name. */
const BY_NAME: Readonly<Record<string, number>> = { GLIBC_ABI_DT_RELR: 36 };

/** Reads bytes of an open file; fewer than requested at its end. */
type Read = (position: number, length: number) => Buffer;

/**
 * Reads the facts that decide where a file of native code loads; undefined for any other file. Versions are read like
 * the loader reads them, by the dynamic section, which points to `.gnu.version_r`: section headers may be stripped or
 * false.
 */
export const readNative = (file: string): NativeFile | undefined => {
  const descriptor = fs.openSync(file, 'r');
  try {
    const read: Read = (position, length) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, fs.readSync(descriptor, buffer, 0, length, position));
    };
    return describe(read);
  } finally {
    fs.closeSync(descriptor);
  }
};

const HEAD_SIZE = 1024;

const describe = (read: Read): NativeFile | undefined => {
  const head = read(0, HEAD_SIZE);
  const isMachO = MACH_O.includes(head.toString('hex', 0, 4));
  const other = head.toString('latin1', 0, 2) === 'MZ' ? 'Windows' : isMachO ? 'macOS' : undefined;
  if (other !== undefined) return { machine: other, bits: 64, glibcMinor: 0 };
  if (head.length < 64 || head.toString('latin1', 0, 4) !== '\u007fELF') return undefined;
  // EI_CLASS and EI_DATA.
  const bits = head[4] === 2 ? 64 : 32;
  const isLittle = head[5] === 1;
  const [type, number] = [16, 18].map((at) => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at)));
  // Object files for a linker (or kernel modules), and core dumps.
  if (type === ET_REL || type === ET_CORE) return undefined;
  const machine = MACHINES[number ?? 0] ?? `machine ${number}`;
  const isRead = bits === 64 && isLittle;
  const wanted = isRead ? readable(() => wantedBy(read, head)) : undefined;
  const glibcMinor = Math.max(0, ...(readable(() => wanted?.versions()) ?? []).map(minorOf));
  const musl = [
    ...(readable(() => wanted?.interpreter()) ?? []),
    ...(readable(() => wanted?.libraries()) ?? []),
  ].find((name) => MUSL.test(name));
  return { machine, bits, glibcMinor, ...(musl === undefined ? {} : { musl }) };
};

/** Alpine's name of musl's C library, and the loader that programs name; both are the same file. */
const MUSL = /^(libc\.musl-|ld-musl-)/;

/** Undefined for the broken part of a file; the loader cannot read it either. */
const readable = <A>(read: () => A): A | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const minorOf = (version: string): number =>
  BY_NAME[version] ?? Number(/^GLIBC_2\.(\d+)(\.\d+)?$/.exec(version)?.[1] ?? 0);

/** A number of 64 bits, exact for all real file sizes. */
const offset = (buffer: Buffer, at: number): number =>
  buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * 2 ** 32;

/** The needs of a 64-bit file. Each is read on demand, because only one of them may be broken. */
interface Wanted {
  /** Versions of glibc. */
  readonly versions: () => readonly string[];
  /** File names of libraries. */
  readonly libraries: () => readonly string[];
  /** The loader's file name, if the file is a program. */
  readonly interpreter: () => readonly string[];
}

const wantedBy = (read: Read, head: Buffer): Wanted | undefined => {
  const [start, size, count] = [offset(head, 32), head.readUInt16LE(54), head.readUInt16LE(56)];
  if (size < PHDR_SIZE) return undefined;
  const table = start + size * count <= head.length ? head.subarray(start) : read(start, size * count);
  const segments = Array.from({ length: count }, (_, index) => {
    const at = index * size;
    return {
      type: table.readUInt32LE(at),
      offset: offset(table, at + 8),
      address: offset(table, at + 16),
      size: offset(table, at + 32),
    };
  });
  const [dynamic, loader] = [PT_DYNAMIC, PT_INTERP].map((type) => segments.find((one) => one.type === type));
  /** The offset in the file of an address. */
  const place = (address: number): number => {
    const segment = segments.find(
      (one) => one.type === PT_LOAD && address >= one.address && address < one.address + one.size,
    );
    if (segment === undefined) throw new RangeError('an address outside of the file');
    return address - segment.address + segment.offset;
  };
  const tags = dynamic ? dynamicTags(read(dynamic.offset, Math.min(dynamic.size, MOST * DYN_SIZE))) : [];
  const [strings, needs, libraries = 0] = [DT_STRTAB, DT_VERNEED, DT_VERNEEDNUM].map(
    (wanted) => tags.find(([tag]) => tag === wanted)?.[1],
  );
  return {
    versions: () =>
      strings === undefined || needs === undefined
        ? []
        : namesAt(read, place(needs), Math.min(libraries, MOST), place(strings)),
    libraries: () =>
      tags.flatMap(([tag, value]) =>
        tag === DT_NEEDED && strings !== undefined ? textAt(read, place(strings) + value) : [],
      ),
    interpreter: () => (loader ? [path.posix.basename(textAt(read, loader.offset))] : []),
  };
};

const dynamicTags = (section: Buffer): readonly (readonly [tag: number, value: number])[] => {
  const tags: (readonly [number, number])[] = [];
  for (let at = 0; at + DYN_SIZE <= section.length; at += DYN_SIZE) {
    const tag = offset(section, at);
    if (tag === 0) break;
    tags.push([tag, offset(section, at + 8)]);
  }
  return tags;
};

/** The names of all required versions, from a list of libraries, each with a list of versions. */
const namesAt = (read: Read, start: number, libraries: number, strings: number): readonly string[] => {
  const names: string[] = [];
  for (let library = 0, at = start; library < libraries; library += 1) {
    const need = read(at, VERNEED_SIZE);
    const versions = Math.min(need.readUInt16LE(2), MOST - names.length);
    for (let version = 0, aux = at + need.readUInt32LE(8); version < versions; version += 1) {
      const one = read(aux, VERNAUX_SIZE);
      const name = textAt(read, strings + one.readUInt32LE(8));
      if ((one.readUInt16LE(4) & VER_FLG_WEAK) === 0) names.push(name);
      const next = one.readUInt32LE(12);
      if (next === 0) break;
      aux += next;
    }
    const next = need.readUInt32LE(12);
    if (next === 0) break;
    at += next;
  }
  return names;
};

/** A NUL-terminated text. */
const textAt = (read: Read, at: number): string =>
  read(at, NAME_SIZE).toString('latin1').split('\0', 1)[0] ?? '';

/** Versions of glibc and names of musl are shorter. */
const NAME_SIZE = 64;
