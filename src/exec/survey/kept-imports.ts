import * as path from 'node:path';
import { sha256 } from '../../plan/values/hash';
import type { MissingImport } from '../../plan/imports/find-missing';
import type { OuterImports } from '../../plan/imports/needed-import';
import type { PythonImport } from '../../plan/python-source/import-statement';
import type { SealedName } from '../store/sealed-file';
import { readSealed, replaceSealed } from '../store/sealed-file';
import { LAYOUT } from '../store/store-layout';

/** The imports of one file, whatever its name and place. */
export interface FileImports {
  readonly imports: readonly PythonImport[];
  /** Whether the file changes `sys.path`. */
  readonly changesPath: boolean;
  /** The names in its `__all__` that `import *` imports as submodules, as far as they are certain. @default - none */
  readonly exports?: readonly string[];
  /** Whether the file may create submodules. */
  readonly makesModules: boolean;
}

/** Results of earlier runs of an app, by keys of content. */
export interface KeptImports {
  /** The missing imports of a function, by everything that decides them. */
  readonly missing: Kept<readonly MissingImport[]>;
  /** By the digest of a file. */
  readonly files: Kept<FileImports>;
  /** Writes new values. */
  readonly save: () => void;
}

/** Values by keys of content. */
export interface Kept<A> {
  readonly get: (key: string) => A | undefined;
  readonly set: (key: string, value: A) => unknown;
}

/** Another version reads imports differently. */
const VERSION = 7;

/**
 * The maximum number of kept values that a run did not use: they may belong to functions of other stacks of the app.
 */
const MOST_UNUSED = 2000;

/**
 * Keeps results in the store: one file for the missing imports of functions, which every run reads, and one for the
 * imports of files, which is read if something is new. A store that cannot be read or written keeps nothing.
 *
 * @param store absolute path of the store's folder (`storeFolder`)
 * @param app identifies the app, such as the path of its assembly
 */
export const keptImports = (store: string, app: string): KeptImports => {
  const key = sha256(app);
  const missing = keptFile<readonly MissingImport[]>(store, `${key}.missing`);
  const files = keptFile<FileImports>(store, `${key}.files`);
  return {
    missing,
    files,
    save: () => {
      missing.save();
      files.save();
    },
  };
};

/** The same for one run, when nothing may be written. */
export const keptInMemory = (): KeptImports => ({
  missing: new Map<string, readonly MissingImport[]>(),
  files: new Map<string, FileImports>(),
  save: () => undefined,
});

/** Values that are written by `save`. */
export type Saved<A> = Kept<A> & { readonly save: () => void };

/**
 * The outer imports of an app's own files; read only if a function needs them, such as one with a project around it.
 */
export const keptOuterImports = (store: string, app: string): Saved<OuterImports> =>
  keptFile(store, `${sha256(app)}.outer`);

const keptFile = <A>(root: string, key: string): Saved<A> => {
  const name: SealedName = { root, kind: 'imports', key };
  const file = path.join(root, LAYOUT, 'imports', `${key}.json`);
  let before: Readonly<Record<string, A>> | undefined;
  const used: Record<string, A> = {};
  let isChanged = false;
  return {
    get: (wanted) => {
      before ??= read(name, file) as Readonly<Record<string, A>>;
      const found = Object.hasOwn(used, wanted)
        ? used[wanted]
        : Object.hasOwn(before, wanted)
          ? before[wanted]
          : undefined;
      if (found !== undefined) used[wanted] = found;
      return found;
    },
    set: (wanted, value) => {
      if (used[wanted] === value) return;
      used[wanted] = value;
      isChanged = true;
    },
    save: () => {
      if (!isChanged) return;
      isChanged = false;
      const others = Object.entries(before ?? {}).filter(([other]) => !Object.hasOwn(used, other));
      const values = { ...Object.fromEntries(others.slice(-MOST_UNUSED)), ...used };
      replaceSealed(name, file, JSON.stringify({ version: VERSION, values }));
    },
  };
};

const read = (name: SealedName, file: string): Readonly<Record<string, unknown>> => {
  try {
    const json = JSON.parse(readSealed(name, file)?.toString() ?? '{}') as Record<string, unknown>;
    return json['version'] === VERSION ? (json['values'] as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
