import { isRight } from 'fp-ts/Either';
import { parseToml } from '../project/toml-file';
import { asTable, textAt } from '../../values/toml-values';

/**
 * The `.gitignore` files that a build backend reads to choose the files of a wheel: the nearest file, in the package's
 * folder or above it (hatchling), or all files that Git would read (poetry-core).
 */
export type GitIgnoring =
  | { readonly _tag: 'Nearest' }
  | {
      readonly _tag: 'All';
      /** Patterns, relative to the package's folder, of files that are in the wheel although Git ignores them. */
      readonly kept: readonly string[];
    };

/**
 * @param pyproject text of the package's pyproject.toml
 * @returns undefined where the backend reads no such file outside of the package
 */
export const gitIgnoring = (pyproject: string): GitIgnoring | undefined => {
  const read = parseToml({ file: 'pyproject.toml', text: pyproject });
  if (!isRight(read)) return undefined;
  const backend = textAt(read.right, 'build-system', 'build-backend') ?? '';
  if (/^hatchling(?:\.|$)/.test(backend)) return { _tag: 'Nearest' };
  if (!/^poetry\.(?:core\.)?masonry/.test(backend)) return undefined;
  const include = asTable(asTable(read.right.tool)?.['poetry'])?.['include'];
  const kept = (Array.isArray(include) ? include : []).flatMap((one): readonly string[] => {
    const pattern: unknown = typeof one === 'string' ? one : asTable(one)?.['path'];
    return typeof pattern === 'string' ? [pattern] : [];
  });
  return { _tag: 'All', kept };
};
