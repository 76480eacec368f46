import type { SnapshotFile } from '../model/source-snapshot';
import { isTakenModule } from '../target/preloaded-modules';

/** The default name of the function in an entry. */
export const DEFAULT_HANDLER = 'lambda_handler';

/** The entry's path in the bundle, and the dotted name with which Python imports it. */
export interface EntryPlacement {
  /** Path in the bundle, with `/`. */
  readonly path: string;
  /** Module name, as in `importlib.import_module`. */
  readonly module: string;
}

/** Whether a module name can stay: it is a word, perhaps with hyphens inside. */
const isPlain = (name: string): boolean => /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*$/u.test(name);

/** Makes a name a word: letters of any script and digits stay, and all other characters become `_`. */
const asWord = (name: string): string => {
  const word = name.replace(/[^\p{L}\p{N}\p{M}_]/gu, '_');
  return /^[\p{L}\p{N}_]/u.test(word) ? word : `_${word}`;
};

/** Whether `import name` would find a file in its folder, as a module, a package or an extension. */
const claims = (file: string, name: string): boolean =>
  file.startsWith(`${name}/`) || file.startsWith(`${name}.`);

/** Whether `import name` would find a file or package before `name.py` beside it. */
const shadows = (file: string, name: string): boolean =>
  file.startsWith(`${name}/__init__.`) ||
  (file.startsWith(`${name}.`) && /^\.([^/]+\.)?so$/.test(file.slice(name.length)));

/** The name, with `_` appended until nothing else has it. */
const unclaimed = (name: string, isClaimed: (name: string) => boolean): string =>
  isClaimed(name) ? unclaimed(`${name}_`, isClaimed) : name;

/**
 * Chooses the entry's name in the bundle. Python reads a dot in a module name as a package separator, so it cannot
 * import `stack.my_handler.py`: such an entry gets an importable name that nothing else in its folder has. So does an
 * entry whose name would import another module: `app.py` beside `app/__init__.py`, or `json.py`, which the runtime
 * client has imported already.
 */
export const placeEntry = (
  entryPath: string,
  files: readonly Pick<SnapshotFile, 'path'>[],
):
  | { readonly _tag: 'Placed'; readonly placement: EntryPlacement }
  | { readonly _tag: 'NotImportable'; readonly part: string } => {
  const parts = entryPath.split('/');
  const folders = parts.slice(0, -1);
  const bad = folders.find((folder, depth) => /[.\s]/.test(folder) || (depth === 0 && isTakenModule(folder)));
  if (bad !== undefined) return { _tag: 'NotImportable', part: bad };
  const stem = (parts.at(-1) ?? '').replace(/\.py$/, '');
  const prefix = folders.map((folder) => `${folder}/`).join('');
  const siblings = files
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path }) => path.slice(prefix.length));
  const isTaken = (name: string): boolean => prefix === '' && isTakenModule(name);
  const stays = isPlain(stem) && !isTaken(stem) && !siblings.some((sibling) => shadows(sibling, stem));
  const name = stays
    ? stem
    : unclaimed(asWord(stem), (word) => isTaken(word) || siblings.some((sibling) => claims(sibling, word)));
  return {
    _tag: 'Placed',
    placement: { path: `${prefix}${name}.py`, module: [...folders, name].join('.') },
  };
};

/** Lambda's handler string. A handler with a dot is complete, and stays (`datadog_lambda.handler.handler`). */
export const lambdaHandler = (module: string, handler: string): string =>
  handler.includes('.') ? handler : `${module}.${handler}`;
