import * as path from 'node:path';
import type { BundleRequest } from './bundle-request';

/** The file's name without its last extension: `stack.ts` → `stack`, `my.stack.js` → `my.stack`. */
const stem = (file: string): string => path.basename(file, path.extname(file));

/** A construct's id as part of a file name. `constructs` replaces `/` by `--`, and so does this function. */
const idAsFileName = (id: string): string => id.replace(/[/\\]/g, '--').replaceAll('\0', '');

/**
 * The absolute paths at which a request's entry may lie, in the order in which they are tried. Without `entry`, the
 * path has the name of a defining file and the id, beside that file. With `entry`, the path is relative to the folder
 * of each defining file, and last to the current folder, as in AWS's own construct.
 *
 * @since 0.1.0
 */
export const entryCandidates = ({
  entry,
  definingFiles,
  currentFolder,
}: BundleRequest): readonly string[] => {
  switch (entry._tag) {
    case 'ById':
      return unique(
        definingFiles.map((file) =>
          path.join(path.dirname(file), `${stem(file)}.${idAsFileName(entry.id)}.py`),
        ),
      );
    case 'ByPath':
      return path.isAbsolute(entry.path)
        ? [path.normalize(entry.path)]
        : unique(
            [
              ...definingFiles.map((file) => path.dirname(file)),
              ...(currentFolder === undefined ? [] : [currentFolder]),
            ].map((folder) => path.resolve(folder, entry.path)),
          );
  }
};

const unique = (paths: readonly string[]): readonly string[] => [...new Set(paths)];
