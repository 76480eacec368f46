import type { PlanFieldError } from './field-error';
import { brief } from './field-error';
import { foldersOf } from './paths';

/** An error unless something holds. */
export const wrong = (holds: boolean, path: string, message: string): readonly PlanFieldError[] =>
  holds ? [] : [{ path, message }];

/**
 * Files that collide with others of the same list: another file has their path, or needs it as a folder.
 *
 * @param pointerOf the JSON pointer of the file at an index of the list
 */
export const repeated = (
  files: readonly { readonly path: string }[],
  pointerOf: (index: number) => string,
): readonly PlanFieldError[] => {
  const seen = new Set<string>();
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  return files.flatMap(({ path }, index) => {
    const isSecond = seen.has(path);
    seen.add(path);
    const at = `${pointerOf(index)}/path`;
    return [
      ...wrong(!isSecond, at, `${brief(path)} is there twice`),
      ...wrong(!folders.has(path), at, `${brief(path)} is the folder of another file`),
    ];
  });
};
