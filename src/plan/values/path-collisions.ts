import type { PlanFieldError } from './field-error';
import { brief } from './field-error';
import { foldersOf } from './paths';

/** An error unless something holds. */
export const wrong = (holds: boolean, path: string, message: string): readonly PlanFieldError[] =>
  holds ? [] : [{ path, message }];

/**
 * Files of a list that cannot lie in one folder with the others: at a path that another has, or needs as a folder.
 *
 * @param pointerOf where in the plan the file of an index is
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
