import { machineOf } from '../target/architecture';
import type { TargetRuntime } from './bundle-plan';

/**
 * What a file of native code asks of the machine that loads it.
 *
 * @since 0.1.0
 */
export interface NativeFile {
  /** As Python names it, such as `x86_64`; `machine 190` where it has no name here, and the system where it is not Linux's. */
  readonly machine: string;
  readonly bits: 32 | 64;
  /** The newest glibc 2.x that it has to find, as a minor; 0 where it asks for none. */
  readonly glibcMinor: number;
  /** The musl libc that it has to find in the place of glibc, by its file's name; only where it asks for one. */
  readonly musl?: string;
}

/** What is no ELF, in place of a machine. */
export const OTHER_SYSTEMS: readonly string[] = ['macOS', 'Windows'];

/** A shared library of Linux by its name; a version may follow the extension (`libz.so.1.3`). */
export const isLibrary = (file: string): boolean => /\.so(\.[\d.]+)?$/.test(file);

/** Whether a file is worth a look: what is loaded has the name of a library, and what is started is executable. */
export const mayBeNative = (file: { readonly path: string; readonly executable: boolean }): boolean =>
  file.executable || isLibrary(file.path);

/** An extension module whose name says which Python it is for (PEP 3149). */
export const isExtension = (file: string): boolean => /\.cpython-[^/.]+\.so$/.test(file);

/** The Python that an extension is for by its name, where that is another than the target's. */
export const otherPython = (file: string, { python }: TargetRuntime): string | undefined => {
  const [, major, minor] = /\.cpython-(\d)(\d+)[a-z]*-[^/]*\.so$/.exec(file) ?? [];
  return major === undefined || `${major}.${minor}` === python ? undefined : `Python ${major}.${minor}`;
};

/** How a file of native code fits a target. */
export interface Fit {
  /** What it needs and does not find there; undefined where it loads. */
  readonly needs: string | undefined;
  readonly isForMachine: boolean;
}

/** @param hasOwnLibrary whether the C library that it was made for is there */
export const fitOf = (
  { machine, bits, glibcMinor, musl }: NativeFile,
  runtime: TargetRuntime,
  hasOwnLibrary: boolean,
): Fit => {
  if (machine !== machineOf(runtime.architecture)) return { needs: machine, isForMachine: false };
  if (bits !== 64) return { needs: `${machine} with ${bits} bits`, isForMachine: false };
  // No runtime of Lambda has it, whatever image the modules were built in.
  if (musl !== undefined) return { needs: `${machine} with musl libc (${musl})`, isForMachine: false };
  const isNewer = !hasOwnLibrary && glibcMinor > Number(runtime.glibc.split('.')[1]);
  return { needs: isNewer ? `glibc 2.${glibcMinor} or newer` : undefined, isForMachine: true };
};

/** Whether the target's Python takes a file for an extension by its name alone (PEP 3149; `abi3`: PEP 384). */
export const isImported = (file: string, { python, architecture }: TargetRuntime): boolean => {
  const tag = `cpython-${python.replace('.', '')}m?-${machineOf(architecture)}-linux-gnu`;
  return new RegExp(`\\.(${tag}|abi3)\\.so$`).test(file);
};
