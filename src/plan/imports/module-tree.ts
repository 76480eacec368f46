/** What Python can import from a set of files. Keys are paths without endings, such as `a/b`. */
export interface ModuleTree {
  /** Modules: `.py`, `.pyc` and extensions. */
  readonly modules: ReadonlySet<string>;
  /** Folders with an `__init__` that is such a module. */
  readonly packages: ReadonlySet<string>;
  /** All folders; a folder without `__init__` is a namespace package. */
  readonly folders: ReadonlySet<string>;
}

/** A module's file. An extension has a platform tag before the ending: `_x.cpython-313-x86_64-linux-gnu.so`. */
const MODULE = /^(.*?[^/.]*)(?:\.py|\.pyc|(?:\.[^/.]+)?\.so)$/;

/** The tree of a set of files. The paths have `/` and are relative to a folder in which Python looks for modules. */
export const moduleTree = (paths: Iterable<string>): ModuleTree => {
  const [modules, packages, folders] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const file of paths) {
    const [, key] = MODULE.exec(file) ?? [];
    if (key?.endsWith('/__init__') === true) packages.add(key.slice(0, -'/__init__'.length));
    else if (key !== undefined) modules.add(key);
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { modules, packages, folders };
};

/** What the trees have under a key. A namespace counts only if no tree has a package or a module there. */
export const kindIn = (
  trees: readonly ModuleTree[],
  key: string,
): 'package' | 'module' | 'namespace' | undefined => {
  if (trees.some(({ packages }) => packages.has(key))) return 'package';
  if (trees.some(({ modules }) => modules.has(key))) return 'module';
  return trees.some(({ folders }) => folders.has(key)) ? 'namespace' : undefined;
};

/** The names of the modules and packages that lie in a folder. */
export const modulesIn = ({ modules, packages }: ModuleTree, folder: string): readonly string[] => {
  const names = [...modules, ...packages].flatMap((key) =>
    key.startsWith(`${folder}/`) ? key.slice(folder.length + 1) : [],
  );
  return names.filter((name) => !name.includes('/'));
};
