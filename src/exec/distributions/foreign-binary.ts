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
  /** Where a file of the user's, which no distribution lists, is from: `BY_COMMANDS` or `OF_ENTRY`. @default none is the user's */
  readonly usersOwn?: (file: string) => string | undefined;
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

/** A file of native code, and where it is from. */
interface Found extends NativeSource {
  /** `name-version`, or where a file of the user's is from; undefined where nothing tells. */
  readonly owner: string | undefined;
}

/**
 * Reads the headers of native code. Refused is what is imported or was built for the target and does not load there. A wheel
 * for all systems may ship libraries for several, and a program for Windows harms nobody: a line names
 * what of that has no file for the target, and the rest is not worth a word. What the user, commands or local packages have
 * is refused where it never runs: the user made it.
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
    told: foreign
      .filter((one) => !isRefused(one) && matters(one) && !OTHER_SYSTEMS.includes(one.file.native.machine))
      .map(
        ({ file, needs }) =>
          `${file.path} of ${subject(file)} is native code for ${needs}, not for ${target}`,
      ),
  };
};

/** What is there for whoever picks one of several: all that is the user's own, and each local package. */
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
