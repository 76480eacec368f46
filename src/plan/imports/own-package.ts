import { readImports } from '../python-source/python-imports';

/**
 * Whether an entry, at a path in a folder of packages, imports as a module of one of them: relative to it, or by the name of the
 * package at the top. Where the entry's own folder is the bundle, neither is found.
 *
 * @param file path relative to the folder of packages, with `/`
 * @param isBeside whether a module of a name lies where the bundle would begin otherwise
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
