import * as path from 'node:path';

/** Python files that lie beside a package's source and are not modules of it. */
const BESIDE = new Set(['conftest', 'noxfile', 'setup']);

/**
 * The top-level modules of the packages whose source is among these files: the outermost folders with `__init__.py`,
 * the content of folders named `src`, and single modules.
 *
 * @param files paths with `/`
 */
export const packagesAmong = (files: readonly string[]): readonly string[] => {
  const modules = files.filter((file) => file.endsWith('.py'));
  const packages = new Set(
    modules.filter((file) => file.endsWith('/__init__.py')).map((file) => path.posix.dirname(file)),
  );
  const topOf = (place: string): string => {
    const folder = path.posix.dirname(place);
    return packages.has(folder) ? topOf(folder) : place;
  };
  const names = modules.map((file) => {
    const [, inSource] = /(?:^|\/)src\/([^/]+)/.exec(file) ?? [];
    return path.posix.basename(inSource ?? topOf(file), '.py');
  });
  return [...new Set(names)].filter((name) => !BESIDE.has(name)).sort();
};
