import type { SnapshotFile } from './source-snapshot';

/** The name of the function that an entry exports unless `handler` says otherwise. */
export const DEFAULT_HANDLER = 'lambda_handler';

/** Where the entry goes in the bundle, and under which dotted name Python imports it. */
export interface EntryPlacement {
  /** Path in the bundle, with `/`. */
  readonly path: string;
  /** Module name, as in `importlib.import_module`. */
  readonly module: string;
}

/** A module or folder name that the runtime client can import: no dot, no white space, no leading punctuation. */
const isImportable = (name: string): boolean => /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*$/u.test(name);

/** Whether a file would be found for `import name` in its folder, as a module, a package or an extension. */
const claims = (file: string, name: string): boolean =>
  file.startsWith(`${name}/`) || file.startsWith(`${name}.`);

/** The name itself, or with `_` after it until nothing in the folder is imported under it. */
const unclaimed = (name: string, siblings: readonly string[]): string =>
  siblings.some((sibling) => claims(sibling, name)) ? unclaimed(`${name}_`, siblings) : name;

/**
 * Python takes a dot in a module name for a package separator, so `stack.my_handler.py` cannot be imported as it is:
 * such an entry is placed under a name that can, and that nothing else in its folder has.
 */
export const placeEntry = (
  entryPath: string,
  files: readonly SnapshotFile[],
):
  | { readonly _tag: 'Placed'; readonly placement: EntryPlacement }
  | { readonly _tag: 'NotImportable'; readonly part: string } => {
  const parts = entryPath.split('/');
  const folders = parts.slice(0, -1);
  const bad = folders.find((folder) => !isImportable(folder));
  if (bad !== undefined) return { _tag: 'NotImportable', part: bad };
  const stem = (parts.at(-1) ?? '').replace(/\.py$/, '');
  const prefix = folders.map((folder) => `${folder}/`).join('');
  const siblings = files
    .filter(({ path }) => path.startsWith(prefix) && path !== entryPath)
    .map(({ path }) => path.slice(prefix.length));
  const name = isImportable(stem) ? stem : unclaimed(stem.replace(/[^A-Za-z0-9_]/g, '_'), siblings);
  return {
    _tag: 'Placed',
    placement: { path: `${prefix}${name}.py`, module: [...folders, name].join('.') },
  };
};

/** Lambda's handler string. One with a dot is complete already and passes through (`datadog_lambda.handler.handler`). */
export const lambdaHandler = (module: string, handler: string): string =>
  handler.includes('.') ? handler : `${module}.${handler}`;
