import * as path from 'node:path';
import { importsOwnPackage } from '../plan/imports/own-package';
import { packageRoots } from '../plan/packaging/package-roots';
import { relativePath, staysInside } from '../plan/paths';
import type { SourceSnapshot } from '../plan/source-snapshot';
import { isThere } from './file-kind';
import type { FoundEntry } from './find-entry';
import { readTextOnce } from './read-text';
import type { SurveyMemory } from './survey-memory';

/** Where a project ends, besides at its pyproject.toml. */
const ENDS = ['cdk.json', 'package.json', '.git', '.hg'];

/**
 * The entry of a `src` layout, in the folder in which its project's packages lie: `functions/api/health.py` in `src`.
 * Undefined where the entry imports nothing that needs it, or where the project itself is installed.
 */
export const inPackageRoot = (
  found: FoundEntry,
  { entry, requirements, project }: SourceSnapshot,
  memory: Pick<SurveyMemory, 'texts'>,
): FoundEntry | undefined => {
  const { root } = found;
  const file = path.join(root, found.path);
  if (entry === null || !mayImportPackage(entry.source, path.dirname(file).split(path.sep))) return undefined;
  const isBeside = (name: string): boolean =>
    isThere(path.join(root, name)) || isThere(path.join(root, `${name}.py`));
  const folder = projectOf(path.dirname(file));
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

/** The text and the names of folders decide this before the disk is read: hardly any entry qualifies. */
const mayImportPackage = (source: string, folders: readonly string[]): boolean =>
  [...source.matchAll(/^[ \t]*(?:from[ \t]*(\.)|(?:from|import)[ \t]+(\w+))/gm)].some(
    ([, dot, top = '']) => dot !== undefined || folders.includes(top),
  );

/** The nearest folder with a pyproject.toml; undefined where the project ends before. */
const projectOf = (folder: string): string | undefined => {
  if (isThere(path.join(folder, 'pyproject.toml'))) return folder;
  const parent = path.dirname(folder);
  const isEnd = parent === folder || ENDS.some((name) => isThere(path.join(folder, name)));
  return isEnd ? undefined : projectOf(parent);
};
