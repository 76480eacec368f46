import { readImports } from '../python-source/python-imports';

/**
 * Whether an entry in a folder of packages imports its own package: by a relative import, or by the name of the
 * top-level package. Python finds neither if the bundle begins at the entry's own folder.
 *
 * @param file path relative to the folder of packages, with `/`
 * @param isBeside whether a module of this name lies in the entry's own folder
 */
export const importsOwnPackage = (
  source: string,
  file: string,
  isBeside: (name: string) => boolean,
): boolean => {
  const folders = file.split('/').slice(0, -1);
  const [top] = folders;
  if (top === undefined) return false;
  return readImports(source).some(({ module, level, conditional, after }) => {
    if (conditional || after !== undefined) return false;
    if (level > 0) return level <= folders.length;
    return module.split('.')[0] === top && !isBeside(top);
  });
};
