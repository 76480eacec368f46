import * as path from 'node:path';
import { importsOwnPackage } from '../plan/imports/own-package';
import { packageRoots } from '../plan/packaging/package-roots';
import { foldersUpTo, relativePath, staysInside } from '../plan/paths';
import type { SourceSnapshot } from '../plan/source-snapshot';
import { isThere } from './file-kind';
import type { FoundEntry } from './find-entry';
import { readTextOnce } from './read-text';
import type { SurveyMemory } from './survey-memory';

/**
 * The entry of a `src` layout, in the folder in which its project's packages lie: `functions/api/health.py` in `src`.
 * Undefined where the entry imports nothing that needs it, or where the project itself is installed.
 *
 * @param end absolute path of the last folder in which a project is looked for
 */
export const inPackageRoot = (
  found: FoundEntry,
  { entry, requirements, project }: SourceSnapshot,
  end: string,
  memory: Pick<SurveyMemory, 'texts'>,
): FoundEntry | undefined => {
  const { root } = found;
  const file = path.join(root, found.path);
  if (entry === null || !mayImportPackage(entry.source, path.dirname(file).split(path.sep))) return undefined;
  const isBeside = (name: string): boolean =>
    isThere(path.join(root, name)) || isThere(path.join(root, `${name}.py`));
  const folder = foldersUpTo(path.dirname(file), end).find((one) =>
    isThere(path.join(one, 'pyproject.toml')),
  );
  const text =
    folder === undefined ? undefined : readTextOnce(memory.texts, path.join(folder, 'pyproject.toml'));
  if (folder === undefined || text?._tag !== 'Text') return undefined;
  const locals = [...(requirements?.localPackages ?? []), ...(project?.localPackages ?? [])];
  if (locals.some((local) => local.path === folder)) return undefined;
  const place = packageRoots(text.text)
    .map((one) => path.join(folder, one))
    .find((one) => {
      const relative = relativePath(one, file);
      const isAbove = one !== root && staysInside(relativePath(one, root));
      return isAbove && importsOwnPackage(entry.source, relative, isBeside);
    });
  return place === undefined ? undefined : { root: place, path: relativePath(place, file) };
};

/**
 * The text and the names of folders decide this before the disk is read: hardly any entry qualifies. A line may have the import
 * behind a semicolon, with others, or as a call.
 */
const mayImportPackage = (source: string, folders: readonly string[]): boolean =>
  /\bfrom[ \t]*\.|\bimport_module\b/.test(source) ||
  [...source.matchAll(/\b(?:from|import)(.*)/g)].some(([, rest = '']) =>
    (rest.match(/\w+/g) ?? []).some((word) => folders.includes(word)),
  );
