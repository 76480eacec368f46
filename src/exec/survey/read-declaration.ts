import * as path from 'node:path';
import { keyOf } from '../../plan/declarations/lines/policy-errors';
import { dependenciesLine } from '../../plan/packaging/project/dependencies-line';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { followPackages } from '../../plan/declarations/local-packages/followed-packages';
import type { FoundDeclaration } from '../../plan/request/declaration-files';
import { pipfileDeclares } from '../../plan/packaging/project/pyproject-facts';
import { localReferences, projectLocals } from '../../plan/declarations/sets/local-references';
import type { PlanError } from '../../plan/errors/plan-error';
import { commonFolder } from '../../plan/values/paths';
import { scriptBlocks } from '../../plan/packaging/project/script-block';
import type { LocalPackage, ProjectDeclaration, ProjectFile } from '../../plan/model/source-snapshot';
import type { Disk } from '../lookup/find-declaration';
import { findDeclaration } from '../lookup/find-declaration';
import { isThere } from '../files/file-kind';
import { localReader } from './local-packages';
import { readRequirementsTree } from './read-requirements';
import { readTextOnce } from '../files/read-text';
import type { SurveyMemory, Declared, Project, FileProblem } from './survey-memory';
import { toolSettings } from './tool-settings';
import { uvRoot } from './uv-root';

/** The settings that decide which declaration of an entry counts, and which files it refers to. */
interface DeclarationPlace extends Pick<BundleRequest, 'dependencies' | 'outputDirectory'> {
  /** The entry; for a layer, its folder without a text. */
  readonly entry: ProjectFile;
  /** Absolute path of the folder in which declarations are looked for first. */
  readonly folder: string;
  /** Absolute path of the folder of the app. */
  readonly appFolder: string;
}

/** The same for an entry whose declaration is not known yet. */
interface SearchedPlace extends DeclarationPlace {
  /** Absolute path of the last folder in which declarations are looked for. */
  readonly end: string;
}

const nothing: Project = { requirements: null, project: null, problems: [] };

const problemsOnly = (problems: readonly PlanError[]): Project => ({ ...nothing, problems });

/** Finds the declaration of an entry, and reads it with all files that it refers to. */
export const readDeclaration = (place: SearchedPlace, memory: SurveyMemory): Declared => {
  const { entry, folder, end, appFolder, dependencies, outputDirectory } = place;
  // Most entries have no script block: one search saves looking at each line.
  const hasScript = entry.text.includes('# /// script') && scriptBlocks(entry.text, 'script').length > 0;
  const { from, groups, extras, requiredBy } = dependencies;
  // Entries in one folder without a declaration in themselves have the same answer.
  const key = [
    ...[folder, hasScript ? entry.file : null, from, requiredBy?.from],
    ...[groups, extras, outputDirectory, end, appFolder],
  ];
  return memory.declared(key, () => {
    const disk = aroundDisk(memory, folder);
    const choice = findDeclaration(disk, { file: entry.file, folder, hasScript, from, end });
    if ('problem' in choice) {
      return { ...problemsOnly([{ ...choice.problem, ...keyOf(requiredBy?.from) }]), unused: [] };
    }
    if (choice.used === null) return { ...nothing, unused: [] };
    const { used, unused, isAbove = false } = choice;
    return {
      ...readUsed(used, place, memory),
      unused,
      ...(isAbove ? { above: used.file } : {}),
    };
  });
};

/** The same, but other folders than the entry's are searched once for all entries. */
const aroundDisk = (memory: SurveyMemory, folder: string): Disk => ({
  ...liveDisk(memory),
  has: (file) =>
    path.dirname(file) === folder ? isThere(file) : memory.isThere([file], () => isThere(file)),
});

/** The disk as it is; a text is read once. */
export const liveDisk = (memory: SurveyMemory): Disk => ({
  has: isThere,
  text: (file) => {
    const read = readTextOnce(memory.texts, file);
    return read?._tag === 'Text' ? read.text : undefined;
  },
});

/** Reads a declaration that was found, and the files that it refers to. */
export const readUsed = (used: FoundDeclaration, place: DeclarationPlace, memory: SurveyMemory): Project => {
  const { kind, file, manifest } = used;
  const { outputDirectory, dependencies } = place;
  // Functions in many folders share a declaration if that folder is the same for all.
  const appFolder = commonFolder([place.appFolder, path.dirname(file)]);
  const { groups, extras } = dependencies;
  if (kind === 'requirements') {
    return { ...readRequirementsTree(file, outputDirectory, memory, appFolder), project: null };
  }
  return kind === 'pipfile'
    ? readPipfile(file, memory)
    : memory.projects([kind, file, manifest, groups, extras, outputDirectory, appFolder], () =>
        readProject({ kind, file, manifest }, { ...place, appFolder }, memory),
      );
};

/** Only a lock says which distributions pipenv installs. A Pipfile without packages may still name a Python version. */
const readPipfile = (file: string, memory: SurveyMemory): Project => {
  const read = readFile(file, memory);
  if ('problem' in read) return problemsOnly([read.problem]);
  return pipfileDeclares(read.text)
    ? problemsOnly([{ _tag: 'NoLock', manifest: file, line: dependenciesLine(read), command: 'pipenv lock' }])
    : { ...nothing, enclosing: { kind: 'pipenv', source: read, manifest: read, localPackages: [] } };
};

const readProject = (
  { kind, file, manifest }: FoundDeclaration & Pick<ProjectDeclaration, 'kind'>,
  place: DeclarationPlace,
  memory: SurveyMemory,
): Project => {
  const read = (wanted: string): ProjectFile | FileProblem =>
    wanted === place.entry.file ? place.entry : readFile(wanted, memory);
  const source = read(file);
  const beside = manifest === null ? null : read(manifest);
  if ('problem' in source) return problemsOnly([source.problem]);
  if (beside !== null && 'problem' in beside) return problemsOnly([beside.problem]);
  const root = uvRoot({ kind, source, manifest: beside }, read);
  const settings = toolSettings({ kind, source, manifest: beside }, read);
  if (settings !== undefined && 'problem' in settings) return problemsOnly([settings.problem]);
  const declaration = {
    ...{ kind, source, manifest: beside },
    ...(root === undefined ? {} : { root }),
    ...(settings === undefined ? {} : { settings }),
  };
  const { packages, problems } = readLocals(declaration, place, memory);
  const madeFrom =
    kind === 'pylock' && manifest?.endsWith('.txt') === true
      ? readRequirementsTree(manifest, place.outputDirectory, memory, place.appFolder)
      : undefined;
  return {
    requirements: null,
    project: {
      ...declaration,
      localPackages: packages,
      ...(madeFrom?.requirements == null ? {} : { requirements: madeFrom.requirements }),
    },
    problems: [...problems, ...(madeFrom?.problems ?? [])],
  };
};

const readFile = (file: string, memory: SurveyMemory): ProjectFile | FileProblem =>
  memory.files([file], () => {
    const read = readTextOnce(memory.texts, file);
    if (read === undefined) {
      return { problem: { _tag: 'UnreadableFile', path: file, reason: 'no such file' } };
    }
    return read._tag === 'Text' ? { file, text: read.text } : read;
  });

/**
 * The folders and archives of this machine that a declaration may install. The plan reports errors in the declaration.
 */
const readLocals = (
  declaration: Omit<ProjectDeclaration, 'localPackages'>,
  { dependencies, outputDirectory, appFolder }: DeclarationPlace,
  memory: SurveyMemory,
): { readonly packages: readonly LocalPackage[]; readonly problems: readonly PlanError[] } => {
  const problems: PlanError[] = [];
  const locals = localReader({ outputDirectory, appFolder, memory }, problems);
  localReferences(declaration, dependencies).forEach(locals.read);
  followPackages(projectLocals(declaration, dependencies), locals.packages(), locals.read);
  return { packages: locals.packages(), problems };
};
