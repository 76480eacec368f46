import type { PythonImport } from '../python-source/import-statement';
import type { ModuleTree } from './module-tree';
import { kindIn } from './module-tree';

/** Where Python looks for imports. */
export interface ImportPlaces {
  /** The user's own files. */
  readonly own: ModuleTree;
  /** The user's own files, the installed modules, and layers. */
  readonly all: readonly ModuleTree[];
  /** Whether Python or Lambda's runtime has a module of this name, which has no dots. */
  readonly isProvided: (name: string) => boolean;
  /** Whether the own module of this key may create submodules when it is imported, as `six` creates `six.moves`. */
  readonly makesModules: (key: string) => boolean;
}

/**
 * The dotted name that an import does not find; undefined if it finds all. The name begins with dots only where a
 * relative import has no parent package. Installed packages may create modules when they are imported, so names in them
 * count as found. Folders without `__init__` have only the modules that lie in them, so names in them must exist.
 *
 * @param importer path of the importing file without its ending, as in `a/b`
 */
export const missingOf = (
  places: ImportPlaces,
  { module, names, level }: Pick<PythonImport, 'module' | 'names' | 'level'>,
  importer: string,
): string | undefined => {
  const { all, isProvided } = places;
  const base = level === 0 ? [] : packageOf(importer, level);
  const written = `${'.'.repeat(level)}${module}`;
  // Python: "attempted relative import with no known parent package", or "beyond top-level package".
  if (base === undefined) return `${written}${module === '' && names[0] !== '*' ? (names[0] ?? '') : ''}`;
  const asked = module === '' ? [] : module.split('.');
  const [top = ''] = asked;
  const kind = kindIn(all, top);
  // A folder without `__init__` counts only where Python finds no module of its name anywhere.
  if (level === 0 && kind !== 'package' && kind !== 'module' && isProvided(top)) return undefined;
  if (level === 0 && kind === undefined) return top;
  for (let depth = 1; depth <= asked.length; depth += 1) {
    const key = [...base, ...asked.slice(0, depth)].join('/');
    if (kindIn(all, key) !== undefined) continue;
    const parent = [...base, ...asked.slice(0, depth - 1)].join('/');
    return mayHaveMore(places, parent) ? undefined : key.replaceAll('/', '.');
  }
  const last = [...base, ...asked].join('/');
  // A package may define names of any kind.
  if (last === '' || kindIn(all, last) !== 'namespace') return undefined;
  const name = names.find((one) => one !== '*' && kindIn(all, `${last}/${one}`) === undefined);
  return name === undefined ? undefined : `${last}/${name}`.replaceAll('/', '.');
};

/** Whether Python may be able to import more from a parent than its files show. */
const mayHaveMore = ({ own, all, makesModules }: ImportPlaces, parent: string): boolean => {
  if (parent === '' || kindIn(all, parent) === 'namespace') return false;
  const kind = kindIn([own], parent);
  if (kind === 'package') return makesModules(`${parent}/__init__`);
  return kind !== 'module' || makesModules(parent);
};

/** The folders of the package at which a relative import starts; undefined if there is no such package. */
const packageOf = (importer: string, level: number): readonly string[] | undefined => {
  const folders = importer.split('/').slice(0, -1);
  return level > folders.length ? undefined : folders.slice(0, folders.length - level + 1);
};

/** The keys of the own modules that an import loads: the packages above the module, the module, and its submodules. */
export const loadedBy = (
  { modules, packages, folders }: ModuleTree,
  { module, names, level }: Pick<PythonImport, 'module' | 'names' | 'level'>,
  importer: string,
): readonly string[] => {
  const [top = ''] = module.split('.', 1);
  if (level === 0 && !modules.has(top) && !folders.has(top)) return [];
  const base = level === 0 ? [] : packageOf(importer, level);
  if (base === undefined) return [];
  const parts = [...base, ...(module === '' ? [] : module.split('.'))];
  const on = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const below = names.map((name) => [...parts, name].join('/'));
  return [...on, ...below].flatMap((key) =>
    packages.has(key) ? [`${key}/__init__`] : modules.has(key) ? [key] : [],
  );
};
