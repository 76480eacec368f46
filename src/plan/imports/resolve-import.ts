import type { PythonImport } from '../python-source/import-statement';
import type { ModuleTree } from './module-tree';
import { kindIn } from './module-tree';

/** Where imports are looked for. */
export interface ImportPlaces {
  /** The user's own files. */
  readonly own: ModuleTree;
  /** Those, what is installed with them, and layers. */
  readonly all: readonly ModuleTree[];
  /** Whether Python or Lambda's runtime has a module of a name without dots. */
  readonly isProvided: (name: string) => boolean;
  /** Whether a module of the user's, by its key, may make submodules when it is imported, as `six.moves` is made. */
  readonly makesModules: (key: string) => boolean;
}

/**
 * The dotted name that an import does not find, with dots before it only where there is no package that it is relative to; undefined
 * where it finds all. What an installed package has in it is not looked
 * into, as packages may make modules when they are imported; folders without `__init__`, which have none but those that are there,
 * are.
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

/** Whether something may be importable from a parent although no file shows it. */
const mayHaveMore = ({ own, all, makesModules }: ImportPlaces, parent: string): boolean => {
  if (parent === '' || kindIn(all, parent) === 'namespace') return false;
  const kind = kindIn([own], parent);
  if (kind === 'package') return makesModules(`${parent}/__init__`);
  return kind !== 'module' || makesModules(parent);
};

/** The folders of the package that a relative import starts at; undefined where there is no such package. */
const packageOf = (importer: string, level: number): readonly string[] | undefined => {
  const folders = importer.split('/').slice(0, -1);
  return level > folders.length ? undefined : folders.slice(0, folders.length - level + 1);
};

/** The keys of the user's own modules that an import loads: the packages on the way, the module, and submodules of it. */
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
