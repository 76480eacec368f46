import * as path from 'node:path';
import { FILE_VARIABLES } from '../../plan/variables/installer-variables';

type Values = Readonly<Record<string, string | undefined>>;

/** The separators of variables whose lists may have relative paths. */
const LISTS: Readonly<Record<string, { readonly split: RegExp; readonly by: string }>> = {
  ...Object.fromEntries(
    [...FILE_VARIABLES, 'PIP_FIND_LINKS'].map((name) => [name, { split: /\s+/, by: ' ' }]),
  ),
  UV_FIND_LINKS: { split: /\s*,\s*/, by: ',' },
};

/** Whether a part of a list is a relative path, and not a URL, an absolute path or `~`. */
const isRelative = (name: string): boolean =>
  !/^([a-z][a-z0-9+.-]+:|~)/i.test(name) && !path.isAbsolute(name);

/**
 * Makes the paths in variables absolute. Both installers resolve relative paths from their working directory, which
 * here is a folder of their own.
 *
 * @param folder the user's current folder
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
