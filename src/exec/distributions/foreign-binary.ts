import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { NativeSource } from '../../plan/install/foreign-own';
import { foreignSources } from '../../plan/install/foreign-own';
import type { Fit } from '../../plan/model/native-code';
import { fitOf, isImported, mayBeNative, OTHER_SYSTEMS } from '../../plan/model/native-code';
import { OF_ENTRY } from '../errors/content-error';
import { readNative } from './elf';
import type { ExecutionError } from '../errors/execution-error';
import { targetName } from '../install/install';
import type { InstalledDistribution } from './recorded-files';
import { ownerAmong } from './recorded-files';
import type { InstalledWheel } from './wheel-tags';

/** A file of a tree. */
interface Listed {
  readonly path: string;
  readonly executable: boolean;
}

/** Modules whose native code is checked. */
interface NativeModules {
  /** Absolute path of the modules' folder. */
  readonly tree: string;
  readonly files: readonly Listed[];
  readonly distributions: readonly InstalledDistribution[];
  readonly wheels: readonly InstalledWheel[];
  /** Whether they were installed with the target's own C library: everything installed there loads there. */
  readonly hasOwnLibrary: boolean;
  /** The origin of a user's file that no distribution lists: `BY_COMMANDS` or `OF_ENTRY`. @default - no user's files */
  readonly usersOwn?: (file: string) => string | undefined;
  /** Local packages, as `name-version`. @default - none */
  readonly locals?: ReadonlySet<string>;
}

/** Native code that does not load on a target. */
interface ForeignBinaries {
  /** The error for the first file that makes the modules useless there. */
  readonly refused: ExecutionError | undefined;
  /** Warnings for other files, a line each. */
  readonly warnings: readonly string[];
}

/** A file of native code, and its origin. */
interface Found extends NativeSource {
  /** `name-version`, or the origin of a user's file; undefined if unknown. */
  readonly owner: string | undefined;
}

/**
 * Checks the headers of native code. It refuses files that do not load on the target but are imported there, or come
 * from a wheel for a certain platform. A wheel for all systems may ship libraries for several of them, and a program
 * for Windows does no harm: only files without a counterpart for the target give a warning. Files of the user, of
 * commands and of local packages are refused if they can never load: the user can fix them.
 */
export const foreignBinaries = (
  { runtime, ...plan }: BundlePlan,
  {
    tree,
    files,
    distributions,
    wheels,
    hasOwnLibrary,
    usersOwn = () => undefined,
    locals = new Set(),
  }: NativeModules,
): ForeignBinaries => {
  const found = files.filter(mayBeNative).flatMap((file): readonly Found[] => {
    const native = readNative(path.join(tree, file.path));
    if (native === undefined) return [];
    return [{ path: file.path, native, owner: ownerAmong(distributions, file.path) ?? usersOwn(file.path) }];
  });
  const isLocal = ({ owner }: Found): boolean => owner !== undefined && locals.has(owner);
  const isUsers = (file: Found): boolean =>
    isLocal(file) || (file.owner !== undefined && usersOwn(file.path) === file.owner);
  const places = new Set(files.map((file) => file.path));
  const never = new Map(
    groupsOf(found, isLocal, isUsers)
      .flatMap((group) => foreignSources(group, runtime, places, hasOwnLibrary))
      .map(({ file, needs }) => [file, needs]),
  );
  const judged = found.map((file) => ({ file, ...fitOf(file.native, runtime, hasOwnLibrary) }));
  const served = new Set(judged.flatMap(({ file, isForMachine }) => (isForMachine ? [file.owner] : [])));
  const ofPlatform = new Set<string | undefined>(
    wheels
      .filter(({ tags }) => tags.length > 0 && !tags.some((tag) => tag.endsWith('-any')))
      .map(({ distribution }) => distribution),
  );
  const foreign = judged.filter(
    ({ file, needs }) => never.has(file) || (needs !== undefined && !isUsers(file)),
  );
  const matters = ({ isForMachine, file }: Fit & { readonly file: Found }): boolean =>
    isForMachine || !served.has(file.owner);
  const isRefused = (one: Fit & { readonly file: Found }): boolean =>
    never.has(one.file) ||
    isImported(one.file.path, runtime) ||
    (matters(one) && ofPlatform.has(one.file.owner));
  const refused = foreign.find(isRefused);
  const target = targetName({ ...plan, runtime });
  const subject = ({ owner = 'the dependencies' }: Found): string => owner;
  return {
    refused: refused && {
      _tag: isLocal(refused.file) ? 'WrongLocalBinary' : 'WrongBinary',
      path: refused.file.path,
      distribution: subject(refused.file),
      needs: never.get(refused.file) ?? refused.needs ?? '',
      target,
    },
    warnings: foreign
      .filter((one) => !isRefused(one) && matters(one) && !OTHER_SYSTEMS.includes(one.file.native.machine))
      .map(
        ({ file, needs }) =>
          `${file.path} of ${subject(file)} is native code for ${needs}, not for ${target}`,
      ),
  };
};

/** Groups of files from which code may pick one per machine: all of the user's own, and each local package. */
const groupsOf = (
  found: readonly Found[],
  isLocal: (file: Found) => boolean,
  isUsers: (file: Found) => boolean,
): readonly (readonly Found[])[] => {
  const groups = new Map<string | undefined, Found[]>();
  for (const file of found.filter(isUsers)) {
    const key = isLocal(file) ? file.owner : OF_ENTRY;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
};
