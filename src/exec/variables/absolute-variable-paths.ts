import * as path from 'node:path';
import { FILE_VARIABLES } from '../../plan/variables/installer-variables';

type Values = Readonly<Record<string, string | undefined>>;

/** How the lists of variables are written whose parts may be relative paths. */
const LISTS: Readonly<Record<string, { readonly split: RegExp; readonly by: string }>> = {
  ...Object.fromEntries(
    [...FILE_VARIABLES, 'PIP_FIND_LINKS'].map((name) => [name, { split: /\s+/, by: ' ' }]),
  ),
  UV_FIND_LINKS: { split: /\s*,\s*/, by: ',' },
};

/** A URL, an absolute path or `~` says itself where it leads. */
const isRelative = (name: string): boolean =>
  !/^([a-z][a-z0-9+.-]+:|~)/i.test(name) && !path.isAbsolute(name);

/**
 * Variables whose values name files or folders, with absolute paths. Both installers see a relative path from the folder that they
 * are started in, and here they run in a folder of their own.
 *
 * @param folder the current folder of the user
 */
export const namedFromHere = <A extends Values>(values: A, folder: string = process.cwd()): A => {
  const changed = Object.entries(LISTS).flatMap(([name, { split, by }]) => {
    const parts = (values[name] ?? '')
      .trim()
      .split(split)
      .filter((part) => part !== '');
    const places = parts.map((part) => (isRelative(part) ? path.resolve(folder, part) : part));
    return parts.some(isRelative) ? [[name, places.join(by)] as const] : [];
  });
  return changed.length === 0 ? values : { ...values, ...Object.fromEntries(changed) };
};
