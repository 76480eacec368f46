import { machineOf } from '../target/architecture';
import type { TargetRuntime } from './bundle-plan';

/**
 * The requirements of a file of native code on the machine that loads it.
 *
 * @since 0.1.0
 */
export interface NativeFile {
  /**
   * Python's name of the machine, such as `x86_64`; `machine 190` for an unknown one; the system if it is not Linux.
   */
  readonly machine: string;
  readonly bits: 32 | 64;
  /** The minor version of the newest glibc 2.x that it needs; 0 if it needs no glibc. */
  readonly glibcMinor: number;
  /** The file name of the musl libc that it needs in place of glibc. @default - it needs no musl libc */
  readonly musl?: string;
}

/** Systems without ELF. For their files, `machine` is the system. */
export const OTHER_SYSTEMS: readonly string[] = ['macOS', 'Windows'];

/** Whether a file's name is that of a Linux shared library. A version may follow the extension (`libz.so.1.3`). */
export const isLibrary = (file: string): boolean => /\.so(\.[\d.]+)?$/.test(file);

/** Whether a file may be native code: a loaded file has a library's name, and a started file is executable. */
export const mayBeNative = (file: { readonly path: string; readonly executable: boolean }): boolean =>
  file.executable || isLibrary(file.path);

/** Whether a file is an extension module whose name says its Python version (PEP 3149). */
export const isExtension = (file: string): boolean => /\.cpython-[^/.]+\.so$/.test(file);

/** The Python version in an extension's name, if it is not the target's. */
export const otherPython = (file: string, { python }: TargetRuntime): string | undefined => {
  const [, major, minor] = /\.cpython-(\d)(\d+)[a-z]*-[^/]*\.so$/.exec(file) ?? [];
  return major === undefined || `${major}.${minor}` === python ? undefined : `Python ${major}.${minor}`;
};

/** Whether a file of native code loads on a target. */
export interface Fit {
  /** The requirement that the target does not meet; undefined if the file loads. */
  readonly needs: string | undefined;
  readonly isForMachine: boolean;
}

/** @param hasOwnLibrary whether the C library for which the file was built is available */
export const fitOf = (
  { machine, bits, glibcMinor, musl }: NativeFile,
  runtime: TargetRuntime,
  hasOwnLibrary: boolean,
): Fit => {
  if (machine !== machineOf(runtime.architecture)) return { needs: machine, isForMachine: false };
  if (bits !== 64) return { needs: `${machine} with ${bits} bits`, isForMachine: false };
  // No runtime of Lambda has musl, whatever image built the modules.
  if (musl !== undefined) return { needs: `${machine} with musl libc (${musl})`, isForMachine: false };
  const isNewer = !hasOwnLibrary && glibcMinor > Number(runtime.glibc.split('.')[1]);
  return { needs: isNewer ? `glibc 2.${glibcMinor} or newer` : undefined, isForMachine: true };
};

/** Whether the target's Python imports a file as an extension, judged by its name (PEP 3149; `abi3`: PEP 384). */
export const isImported = (file: string, { python, architecture }: TargetRuntime): boolean => {
  const tag = `cpython-${python.replace('.', '')}m?-${machineOf(architecture)}-linux-gnu`;
  return new RegExp(`\\.(${tag}|abi3)\\.so$`).test(file);
};
