import * as path from 'node:path';
import { importsOwnPackage } from '../../plan/imports/own-package';
import { flatPackages } from '../../plan/packaging/local/flat-packages';
import { packageRoots } from '../../plan/packaging/local/package-roots';
import { setupRoots } from '../../plan/packaging/local/setup-roots';
import { foldersUpTo, relativePath, staysInside } from '../../plan/values/paths';
import type { SourceSnapshot } from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import type { FoundEntry } from '../lookup/find-entry';
import { readTextOnce } from '../files/read-text';
import type { SurveyMemory } from './survey-memory';

/** Files that name the folders of a project's packages. */
const PROJECT_FILES = ['pyproject.toml', 'setup.cfg', 'setup.py'] as const;

/** An entry, relative to the folder of packages. */
interface InPackageRoot extends FoundEntry {
  /** The packages of that folder that go in. @default - the whole folder: it has only packages */
  readonly only?: readonly string[];
}

/**
 * The entry of a `src` layout, in the folder of its project's packages: `functions/api/health.py` in `src`. Undefined
 * if the entry imports nothing that needs it, or if the project itself is installed.
 *
 * @param end absolute path of the last folder in which a project is looked for
 */
export const inPackageRoot = (
  found: FoundEntry,
  { entry, requirements, project }: SourceSnapshot,
  end: string,
  memory: Pick<SurveyMemory, 'texts'>,
): InPackageRoot | undefined => {
  const { root } = found;
  const file = path.join(root, found.path);
  if (entry === null || !mayImportPackage(entry.source, path.dirname(file).split(path.sep))) return undefined;
  const isBeside = (name: string): boolean =>
    isThere(path.join(root, name)) || isThere(path.join(root, `${name}.py`));
  const folder = foldersUpTo(path.dirname(file), end).find((one) =>
    PROJECT_FILES.some((name) => isThere(path.join(one, name))),
  );
  if (folder === undefined) return undefined;
  const textOf = (name: (typeof PROJECT_FILES)[number] | 'hatch.toml'): string => {
    const place = path.join(folder, name);
    const read = isThere(place) ? readTextOnce(memory.texts, place) : undefined;
    return read?._tag === 'Text' ? read.text : '';
  };
  const pyproject = textOf('pyproject.toml');
  const locals = [...(requirements?.localPackages ?? []), ...(project?.localPackages ?? [])];
  if (locals.some((local) => local.path === folder)) return undefined;
  const setup = setupRoots({ 'setup.cfg': textOf('setup.cfg'), 'setup.py': textOf('setup.py') });
  const flat = flatPackages(pyproject);
  const isFlat = flat.includes(relativePath(folder, file).split('/')[0] ?? '');
  const place = [
    ...[...setup, ...packageRoots(pyproject, textOf('hatch.toml'))].map((one) => path.join(folder, one)),
    ...(isFlat ? [folder] : []),
  ].find((one) => {
    const relative = relativePath(one, file);
    const isAbove = one !== root && staysInside(relativePath(one, root));
    return isAbove && importsOwnPackage(entry.source, relative, isBeside);
  });
  if (place === undefined) return undefined;
  const moved = { root: place, path: relativePath(place, file) };
  return place === folder ? { ...moved, only: flat } : moved;
};

/**
 * The text and the names of folders decide this before the disk is read: hardly any entry qualifies. A line may have
 * the import after a semicolon, with others, or as a call.
 */
const mayImportPackage = (source: string, folders: readonly string[]): boolean =>
  /\bfrom[ \t]*\.|\bimport_module\b/.test(source) ||
  [...source.matchAll(/\b(?:from|import)(.*)/g)].some(([, rest = '']) =>
    (rest.match(/\w+/g) ?? []).some((word) => folders.includes(word)),
  );
