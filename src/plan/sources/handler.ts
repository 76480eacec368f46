import type { SnapshotFile } from '../model/source-snapshot';
import { isTakenModule } from '../target/preloaded-modules';

/** The name of the function that an entry exports unless `handler` says otherwise. */
export const DEFAULT_HANDLER = 'lambda_handler';

/** Where the entry goes in the bundle, and under which dotted name Python imports it. */
export interface EntryPlacement {
  /** Path in the bundle, with `/`. */
  readonly path: string;
  /** Module name, as in `importlib.import_module`. */
  readonly module: string;
}

/** A module name that needs no other one: a word, with hyphens inside at most. */
const isPlain = (name: string): boolean => /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*$/u.test(name);

/** A word made of a name: letters of any script and digits stay, all else becomes `_`. */
const asWord = (name: string): string => {
  const word = name.replace(/[^\p{L}\p{N}\p{M}_]/gu, '_');
  return /^[\p{L}\p{N}_]/u.test(word) ? word : `_${word}`;
};

/** Whether a file would be found for `import name` in its folder, as a module, a package or an extension. */
const claims = (file: string, name: string): boolean =>
  file.startsWith(`${name}/`) || file.startsWith(`${name}.`);

/** Whether Python would take a file or package for `import name` although `name.py` lies beside it. */
const shadows = (file: string, name: string): boolean =>
  file.startsWith(`${name}/__init__.`) ||
  (file.startsWith(`${name}.`) && /^\.([^/]+\.)?so$/.test(file.slice(name.length)));

/** The name itself, or with `_` after it until nothing else is imported under it. */
const unclaimed = (name: string, isClaimed: (name: string) => boolean): string =>
  isClaimed(name) ? unclaimed(`${name}_`, isClaimed) : name;

/**
 * Python takes a dot in a module name for a package separator, so `stack.my_handler.py` cannot be imported as it is:
 * such an entry is placed under a name that can, and that nothing else in its folder has. So is one whose name would
 * give another module: `app.py` beside `app/__init__.py`, or `json.py`, which the runtime client has imported already.
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

/** Lambda's handler string. One with a dot is complete already and passes through (`datadog_lambda.handler.handler`). */
export const lambdaHandler = (module: string, handler: string): string =>
  handler.includes('.') ? handler : `${module}.${handler}`;
