import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { runTool } from './python-tools';
import { temporaryFolder } from './temporary';

/** Whether this machine compiles C, for the one that the tests are about. */
export const hasCompiler = process.arch === 'x64' && spawnSync('gcc', ['--version']).status === 0;

/** A library of C, as gcc makes it with these options. */
export const compileLibrary = (source: string, ...options: readonly string[]): Buffer => {
  const folder = temporaryFolder();
  const [from, to] = [path.join(folder, 'a.c'), path.join(folder, 'a.so')];
  writeFileSync(from, source);
  runTool('gcc', ['-shared', '-fPIC', '-o', to, from, ...options]);
  return readFileSync(to);
};

/** A library that stands in for the C library, and one that asks it for this version of it. */
export const libraryNeeding = (version: string): Buffer => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder, name);
  writeFileSync(at('c.c'), 'int asked(void) { return 1; }\n');
  writeFileSync(at('c.map'), `${version} { global: asked; };\n`);
  runTool('gcc', [
    ...['-shared', '-fPIC', '-nostdlib', '-Wl,-soname,libc.so.6', `-Wl,--version-script=${at('c.map')}`],
    ...['-o', at('libc.so.6'), at('c.c')],
  ]);
  writeFileSync(at('a.c'), 'extern int asked(void);\nint own(void) { return asked(); }\n');
  runTool('gcc', ['-shared', '-fPIC', '-nostdlib', '-o', at('a.so'), at('a.c'), at('libc.so.6')]);
  return readFileSync(at('a.so'));
};

/** A library that needs one of this file name, as one that was built with another C library needs that. */
export const libraryLinkedTo = (name: string): Buffer => {
  const folder = temporaryFolder();
  const at = (file: string): string => path.join(folder, file);
  writeFileSync(at('c.c'), 'int asked(void) { return 1; }\n');
  runTool('gcc', ['-shared', '-fPIC', '-nostdlib', `-Wl,-soname,${name}`, '-o', at('c.so'), at('c.c')]);
  writeFileSync(at('a.c'), 'extern int asked(void);\nint own(void) { return asked(); }\n');
  runTool('gcc', ['-shared', '-fPIC', '-nostdlib', '-o', at('a.so'), at('a.c'), at('c.so')]);
  return readFileSync(at('a.so'));
};

/** A program that this loader starts. */
export const programWithLoader = (loader: string): Buffer => {
  const folder = temporaryFolder();
  const [from, to] = [path.join(folder, 'a.c'), path.join(folder, 'a')];
  writeFileSync(from, 'int main(void) { return 0; }\n');
  runTool('gcc', [`-Wl,--dynamic-linker=${loader}`, '-o', to, from]);
  return readFileSync(to);
};

/** A program of this machine, which is native code for it. */
export const NATIVE = readFileSync('/bin/true');

/** The architecture that this machine has not. */
export const OTHER = (
  {
    x64: { architecture: 'arm64', machine: 'aarch64' },
    arm64: { architecture: 'x86_64', machine: 'x86_64' },
  } as const
)[process.arch === 'arm64' ? 'arm64' : 'x64'];

const MACHINES = { i686: 3, arm: 40, x86_64: 62, aarch64: 183, bpf: 247 } as const;

/** The header of a file of native code for a machine, and nothing of what it says. */
export const elfFor = (machine: keyof typeof MACHINES, bits: 32 | 64 = 64): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.write('\u007fELF', 'latin1');
  bytes[4] = bits / 32;
  bytes[5] = 1;
  // A shared library, or a program that may lie anywhere.
  bytes.writeUInt16LE(3, 16);
  bytes.writeUInt16LE(MACHINES[machine], 18);
  return bytes;
};
