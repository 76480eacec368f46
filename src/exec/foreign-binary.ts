import * as path from 'node:path';
import { machineOf } from '../plan/architecture';
import type { BundlePlan, TargetRuntime } from '../plan/bundle-plan';
import { BY_COMMANDS } from './content-error';
import type { NativeFile } from './elf';
import { OTHER_SYSTEMS, readNative } from './elf';
import type { ExecutionError } from './execution-error';
import { targetName } from './install';
import type { InstalledDistribution } from './recorded-files';
import { ownerAmong } from './recorded-files';
import type { InstalledWheel } from './wheel-tags';

/** A file of a tree, as far as it matters here. */
interface Listed {
  readonly path: string;
  readonly executable: boolean;
}

/** Modules whose native code is looked at. */
interface NativeModules {
  /** Absolute path of the folder they lie in. */
  readonly tree: string;
  readonly files: readonly Listed[];
  readonly distributions: readonly InstalledDistribution[];
  readonly wheels: readonly InstalledWheel[];
  /** Whether they were made where the C library is the target's own: what an installer took there loads there. */
  readonly hasOwnLibrary: boolean;
  /** Whether commands of the user's have made a file that no distribution lists. @default none has */
  readonly isMade?: (file: string) => boolean;
  /** Local packages, as `name-version`. @default none */
  readonly locals?: ReadonlySet<string>;
}

/** What of native code does not load on a target. */
interface ForeignBinaries {
  /** The first file that makes the modules useless there. */
  readonly refused: ExecutionError | undefined;
  /** What is worth a line for each of the others. */
  readonly told: readonly string[];
}

const LIBRARY = /\.so(\.[\d.]+)?$/;

/** The module that an extension is, whichever Python it is for. */
const stemOf = (file: string): string =>
  path.posix.join(path.posix.dirname(file), path.posix.basename(file).split('.', 1)[0] ?? '');

/** An extension module whose name says which Python it is for (PEP 3149). */
const isExtension = (file: string): boolean => /\.cpython-[^/.]+\.so$/.test(file);

/** The Python that an extension is for by its name, where that is another than the target's. */
const otherPython = (file: string, { python }: TargetRuntime): string | undefined => {
  const [, major, minor] = /\.cpython-(\d)(\d+)[a-z]*-[^/]*\.so$/.exec(file) ?? [];
  return major === undefined || `${major}.${minor}` === python ? undefined : `Python ${major}.${minor}`;
};

interface Foreign extends NativeFile {
  readonly path: string;
  readonly needs: string | undefined;
  readonly isForMachine: boolean;
  /** `name-version`; undefined where no distribution lists the file. */
  readonly owner: string | undefined;
}

/**
 * Reads the headers of native code. Refused is what is imported or was built for the target and does not load there. A wheel
 * for all systems may ship libraries for several, and a program for Windows harms nobody: a line names
 * what of that has no file for the target, and the rest is not worth a word. What commands or local packages have is refused, too: the
 * user made it.
 */
export const foreignBinaries = (
  { runtime, ...plan }: BundlePlan,
  {
    tree,
    files,
    distributions,
    wheels,
    hasOwnLibrary,
    isMade = () => false,
    locals = new Set(),
  }: NativeModules,
): ForeignBinaries => {
  const native = files
    .filter((file) => file.executable || LIBRARY.test(file.path))
    .flatMap((file): readonly Foreign[] => {
      const one = readNative(path.join(tree, file.path));
      if (one === undefined) return [];
      const owner = ownerAmong(distributions, file.path);
      const fit = fitting(one, runtime, hasOwnLibrary);
      const made = owner === undefined && isMade(file.path);
      const isUsers = made || (owner !== undefined && locals.has(owner));
      const needs = fit.needs ?? (isUsers ? otherPython(file.path, runtime) : undefined);
      return [{ ...one, ...fit, needs, path: file.path, owner: made ? BY_COMMANDS : owner }];
    });
  // Commands may put extensions for several Pythons there, of which the target takes its own.
  const fits = new Set(native.flatMap((file) => (file.needs === undefined ? stemOf(file.path) : [])));
  const served = new Set(native.filter(({ isForMachine }) => isForMachine).map(({ owner }) => owner));
  const ofPlatform = new Set(
    wheels
      .filter(({ tags }) => tags.length > 0 && !tags.some((tag) => tag.endsWith('-any')))
      .map(({ distribution }) => distribution),
  );
  const foreign = native.filter(({ needs }) => needs !== undefined);
  const isLocal = ({ owner }: Foreign): boolean => owner !== undefined && locals.has(owner);
  const matters = ({ isForMachine, owner }: Foreign): boolean => isForMachine || !served.has(owner);
  // A local package may have a library for each of several machines, with a name for each.
  const isWanted = (file: Foreign): boolean =>
    file.owner === BY_COMMANDS || (isLocal(file) && (isExtension(file.path) || matters(file)));
  const isOneOfSeveral = ({ path: file }: Foreign): boolean => fits.has(stemOf(file));
  const isUseless = (file: Foreign): boolean =>
    isWanted(file) &&
    !isOneOfSeveral(file) &&
    (LIBRARY.test(file.path) || !OTHER_SYSTEMS.includes(file.machine));
  const isRefused = (file: Foreign): boolean =>
    isImported(file.path, runtime) ||
    isUseless(file) ||
    (matters(file) && file.owner !== undefined && ofPlatform.has(file.owner));
  const refused = foreign.find(isRefused);
  const target = targetName({ ...plan, runtime });
  const subject = ({ owner = 'the dependencies' }: Foreign): string => owner;
  return {
    refused: refused && {
      _tag: isLocal(refused) ? 'WrongLocalBinary' : 'WrongBinary',
      path: refused.path,
      distribution: subject(refused),
      needs: refused.needs ?? '',
      target,
    },
    told: foreign
      .filter((file) => !isRefused(file) && !(isLocal(file) && isOneOfSeveral(file)))
      .filter((file) => matters(file) && !OTHER_SYSTEMS.includes(file.machine))
      .map((file) => `${file.path} of ${subject(file)} is native code for ${file.needs}, not for ${target}`),
  };
};

const fitting = (
  { machine, bits, glibcMinor, musl }: NativeFile,
  runtime: TargetRuntime,
  hasOwnLibrary: boolean,
): Pick<Foreign, 'needs' | 'isForMachine'> => {
  if (machine !== machineOf(runtime.architecture)) return { needs: machine, isForMachine: false };
  if (bits !== 64) return { needs: `${machine} with ${bits} bits`, isForMachine: false };
  // No runtime of Lambda has it, whatever image the modules were built in.
  if (musl !== undefined) return { needs: `${machine} with musl libc (${musl})`, isForMachine: false };
  const isNewer = !hasOwnLibrary && glibcMinor > Number(runtime.glibc.split('.')[1]);
  return { needs: isNewer ? `glibc 2.${glibcMinor} or newer` : undefined, isForMachine: true };
};

/** Whether the target's Python takes a file for an extension by its name alone (PEP 3149; `abi3`: PEP 384). */
const isImported = (file: string, { python, architecture }: TargetRuntime): boolean => {
  const tag = `cpython-${python.replace('.', '')}m?-${machineOf(architecture)}-linux-gnu`;
  return new RegExp(`\\.(${tag}|abi3)\\.so$`).test(file);
};
