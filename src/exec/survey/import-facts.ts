import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { DECLARATION_FILES, FROM_BESIDE, FROM_NOTHING } from '../../plan/request/declaration-files';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { markerOf, nameOf } from '../../plan/declarations/line-checks/unpinned-lines';
import { distributionOf } from '../../plan/imports/distribution-of';
import type { MissingImport } from '../../plan/imports/find-missing';
import type { ImportFacts } from '../../plan/show/import-warning';
import type { ChosenBy } from '../../plan/packaging/project/group-or-extra-of';
import { chosenBy } from '../../plan/packaging/project/group-or-extra-of';
import { packageRoots } from '../../plan/packaging/local/package-roots';
import { leavesOut as leavesOutFile } from '../../plan/parts/omitted-distributions';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { foldersUpTo, relativePath } from '../../plan/values/paths';
import { declarationLevel } from '../lookup/declaration-level';
import { namesIn } from '../files/names-in';
import { nearDistribution } from '../lookup/near-distribution';
import { readText } from '../files/read-text';
import { workspaceFacts } from './workspace-facts';

/** Files that mark the end of a project. */
const ENDS = ['cdk.json', 'package.json'];

/** The number of folders to search upwards if nothing marks the project's end. */
const MOST_FOLDERS = 8;

/** Facts around an entry that may explain a missing import. Read only if one is missing. */
export const importFacts = (
  { entry, install }: BundlePlan,
  missing: MissingImport,
  from?: string,
): ImportFacts => {
  const { name } = missing;
  if (name.startsWith('.')) return { ...missing, ...asEntryOf(entry, missing) };
  const [top = ''] = name.split('.');
  const leftOut = moduleIn(entry.root, name.replaceAll('.', '/'));
  const above = foldersAbove(entry.root);
  const around = [...foldersWithin(entry), ...above];
  const source = around.find((folder) => moduleIn(folder, top) !== undefined);
  const packaged = [entry.root, ...above]
    .flatMap((folder) => packageFolders(folder).flatMap((place) => moduleIn(place, top) ?? []))
    .find((from) => relativePath(from, entry.file).startsWith('..'));
  const level = declarationLevel(entry);
  const declaredIn = (from === FROM_NOTHING ? [level, ...above] : above)
    .flatMap((folder) => Object.keys(DECLARATION_FILES).map((file) => path.join(folder, file)))
    .find((file) => file !== install?.declaration && declares(file, distributionOf(name) ?? name));
  const chosen =
    declaredIn === undefined ? undefined : chosenBeside(declaredIn, distributionOf(name) ?? name);
  const isSame =
    declaredIn !== undefined &&
    install?.declaration != null &&
    path.dirname(install.declaration) === path.dirname(declaredIn);
  const ownChoice = declaredIn === undefined ? chosenOfOwn(entry, install, distributionOf(name) ?? name) : {};
  const near = nearDistribution(name, install?.declaration ?? null);
  return {
    ...missing,
    ...(leftOut === undefined ? {} : { leftOut }),
    ...handlerBelow(entry, missing, source),
    ...(source === undefined || entry.path === null
      ? {}
      : { asEntry: { entry: source, index: relativePath(source, entry.file) } }),
    ...(packaged === undefined ? {} : { asIncluded: { from: packaged, to: path.basename(packaged) } }),
    ...(declaredIn === undefined ? {} : { declaredIn, declaredFrom: relativePath(level, declaredIn) }),
    ...(chosen === undefined
      ? {}
      : { chosenBy: chosen, ...(isSame ? { isInstalledFrom: true as const } : {}) }),
    ...ownChoice,
    ...(from === FROM_NOTHING || from === FROM_BESIDE ? { keptOutBy: from } : {}),
    ...unreadIn(level, distributionOf(name) ?? name),
    ...leavesOut(install, distributionOf(name) ?? name, top),
    ...nearModule(entry.root, name),
    ...workspaceFacts(entry.root, declaredIn),
    ...ownParent(entry.root, name),
    ...(near === undefined ? {} : { near }),
  };
};

/** Files from which other tools make a declaration, or which they read during a build. */
const UNREAD = ['requirements.in', 'requirements/base.in', 'setup.py', 'setup.cfg'];

/** The file beside an entry that names a distribution but is not a source of installs. */
const unreadIn = (folder: string, distribution: string): Partial<ImportFacts> => {
  const found = UNREAD.map((name) => path.join(folder, name)).find((file) => declares(file, distribution));
  return found === undefined ? {} : { unreadIn: found };
};

/** A handler string names its module from the root of the bundle, not from the folder of the entry. */
const handlerBelow = (
  { root }: BundlePlan['entry'],
  { handler }: MissingImport,
  source: string | undefined,
): Partial<ImportFacts> => {
  const below = source === undefined || handler === undefined ? undefined : relativePath(root, source);
  return below === undefined || below === '.' || below.startsWith('..')
    ? {}
    : { asHandler: `${below.replaceAll('/', '.')}.${handler ?? ''}` };
};

/** The longest beginning of a dotted name that is a folder or file of the user's. */
const ownParent = (root: string, name: string): Partial<ImportFacts> => {
  const parts = name.split('.');
  const [own] = parts
    .slice(1)
    .map((_, index) => moduleIn(root, parts.slice(0, parts.length - 1 - index).join('/')))
    .filter((place) => place !== undefined);
  return own === undefined ? {} : { ownParent: own };
};

/** The folders between the root and the entry, nearest first: Python looks for modules only in the root. */
const foldersWithin = ({ root, file }: BundlePlan['entry']): readonly string[] =>
  foldersUpTo(path.dirname(file), root).filter((folder) => folder !== root);

/** The folder above the entry's package, if the entry is a module of one. */
const asEntryOf = ({ root, file }: BundlePlan['entry'], missing: MissingImport): Partial<ImportFacts> => {
  const dots = /^\.+/.exec(missing.name)?.[0].length ?? 0;
  const above = foldersAbove(root).find((folder) => !isPackage(folder));
  const packages = above === undefined ? 0 : relativePath(above, file).split('/').length - 1;
  return above !== undefined && missing.file === file && dots <= packages && isPackage(root)
    ? { asEntry: { entry: above, index: relativePath(above, file) } }
    : {};
};

const isPackage = (folder: string): boolean => fs.existsSync(path.join(folder, '__init__.py'));

/** The parent folders of a folder, nearest first, up to the end of the project. */
const foldersAbove = (folder: string, most = MOST_FOLDERS): readonly string[] => {
  const parent = path.dirname(folder);
  if (most === 0 || parent === folder || ENDS.some((name) => fs.existsSync(path.join(folder, name))))
    return [];
  return [parent, ...foldersAbove(parent, most - 1)];
};

/** The folders with the packages of a project; empty if the folder has no project. */
const packageFolders = (folder: string): readonly string[] => {
  const [project, hatch] = ['pyproject.toml', 'hatch.toml'].map((name) => {
    const file = path.join(folder, name);
    const read = fs.existsSync(file) ? readText(file) : undefined;
    return read?._tag === 'Text' ? read.text : undefined;
  });
  return project === undefined ? [] : packageRoots(project, hatch).map((root) => path.join(folder, root));
};

/** The file or folder of a module in a folder; a folder counts if it has a Python file. */
const moduleIn = (folder: string, key: string): string | undefined => {
  const place = path.join(folder, key);
  if (fs.existsSync(`${place}.py`)) return `${place}.py`;
  return namesIn(place).some((name) => name.endsWith('.py')) ? place : undefined;
};

/** The group or extra, in the project of a declaration, that has a distribution. */
const chosenBeside = (declaration: string, distribution: string): ChosenBy | undefined => {
  const manifest = path.join(path.dirname(declaration), 'pyproject.toml');
  const ofProject = !declaration.endsWith('.txt') && fs.existsSync(manifest);
  const read = ofProject ? readText(manifest) : undefined;
  return read?._tag === 'Text' ? chosenBy(read.text, distribution) : undefined;
};

/** The group or extra of the project in use, or of one beside the entry that installs nothing. */
const chosenOfOwn = (
  entry: BundlePlan['entry'],
  install: BundlePlan['install'],
  distribution: string,
): Partial<ImportFacts> => {
  const used = install?.declaration ?? path.join(declarationLevel(entry), 'pyproject.toml');
  const chosen = chosenBeside(used, distribution);
  return chosen === undefined
    ? {}
    : {
        declaredIn: path.join(path.dirname(used), 'pyproject.toml'),
        chosenBy: chosen,
        isInstalledFrom: true,
      };
};

/** The option or marker that leaves out a distribution of the declaration in use. */
const leavesOut = (
  install: BundlePlan['install'],
  distribution: string,
  top: string,
): Partial<ImportFacts> => {
  const declaration = install?.declaration ?? null;
  if (install === null || declaration === null || !declares(declaration, distribution)) return {};
  const { omit, exclude } = install.leftOut;
  if (omit.map(normalizeName).includes(normalizeName(distribution)))
    return { leavesOut: { declaration, by: 'omit' } };
  const excludes = leavesOutFile(exclude);
  if (excludes(`${top}/__init__.py`) || excludes(`${top}.py`))
    return { leavesOut: { declaration, by: 'exclude' } };
  return hasMarker(declaration, distribution) ? { leavesOut: { declaration, by: 'marker' } } : {};
};

/** Whether all lines of a requirements file that ask for a distribution have markers. */
const hasMarker = (declaration: string, distribution: string): boolean => {
  const read = declaration.endsWith('.txt') ? readText(declaration) : undefined;
  const lines = read?._tag === 'Text' ? readRequirements(read.text) : [];
  const asking = lines.flatMap((line) =>
    line._tag === 'Named' && nameOf(line.text) === normalizeName(distribution) ? line.text : [],
  );
  return asking.length > 0 && asking.every((text) => markerOf(text) !== null);
};

/** The own module whose name differs from this one only in case, or in `_` for `-`. */
const nearModule = (root: string, name: string): Partial<ImportFacts> => {
  const plain = (one: string): string => one.toLowerCase().replaceAll('-', '_');
  const found = namesIn(root).find((file) => plain(file) === plain(`${name}.py`));
  return found === undefined ? {} : { nearModule: path.join(root, found) };
};

/** Whether a declaration has a distribution's name as a separate word. */
const declares = (file: string, distribution: string): boolean => {
  const [plain = ''] = distribution.split('[');
  const name = plain.replace(/[-_.]+/g, '[-_.]+');
  try {
    return new RegExp(`(?:^[ \\t]*|["'])${name}(?![\\w-]|\\.\\w)`, 'im').test(fs.readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
};
