import type { PlanFieldError } from './field-error';
import { brief } from './field-error';

/** An error unless something holds. */
export const wrong = (holds: boolean, path: string, message: string): readonly PlanFieldError[] =>
  holds ? [] : [{ path, message }];

/** The folders a path lies in: `a/b/c` lies in `a` and `a/b`. */
const foldersOf = (path: string): readonly string[] => {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
};

/** Files of a list that cannot lie in one folder with the others: at a path that another has, or needs as a folder. */
export const repeated = (
  files: readonly { readonly path: string }[],
  pointer: string,
): readonly PlanFieldError[] => {
  const seen = new Set<string>();
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  return files.flatMap(({ path }, index) => {
    const isSecond = seen.has(path);
    seen.add(path);
    const at = `${pointer}/${index}/path`;
    return [
      ...wrong(!isSecond, at, `${brief(path)} is there twice`),
      ...wrong(!folders.has(path), at, `${brief(path)} is the folder of another file`),
    ];
  });
};
