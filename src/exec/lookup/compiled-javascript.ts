import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { entryCandidates } from '../../plan/request/entry';

/** JavaScript that was compiled from TypeScript, without a source map to the TypeScript. */
export interface CompiledFile {
  /** Absolute path of the JavaScript. */
  readonly file: string;
  /** Absolute path of the folder with its tsconfig.json. */
  readonly project: string;
}

const JAVASCRIPT = /\.[cm]?js$/;
const TYPESCRIPT = /\.[cm]?tsx?$/;

/** Folders of a project without entries. */
const NO_SOURCES = /^(?:\.|node_modules$|cdk\.out$|venv$)/;

/** The most folders that a search reads. */
const FOLDERS = 2000;

/** The first defining file that was compiled without a readable source map. */
export const compiledFile = (definingFiles: readonly string[]): CompiledFile | undefined => {
  const firstSource = definingFiles.findIndex((file) => TYPESCRIPT.test(file));
  return definingFiles
    .slice(0, firstSource === -1 ? undefined : firstSource)
    .filter((file) => JAVASCRIPT.test(file) && (firstSource === -1 || !namesMap(file)))
    .flatMap((file) => projectsOf(file))[0];
};

/** Absolute paths of possible entries in the project of the compiled JavaScript, the nearest to its root first. */
export const inProjectOf = ({ file, project }: CompiledFile, request: BundleRequest): readonly string[] => {
  const names = entryCandidates({ ...request, definingFiles: [file], currentFolder: undefined }).map(
    (tried) => path.relative(path.dirname(file), tried),
  );
  const found: string[] = [];
  const folders = [project];
  for (let read = 0; read < FOLDERS; read++) {
    const folder = folders.shift();
    if (folder === undefined) break;
    found.push(...names.map((name) => path.join(folder, name)).filter((each) => fs.existsSync(each)));
    folders.push(...foldersIn(folder));
  }
  return found;
};

const namesMap = (file: string): boolean => {
  try {
    return fs.readFileSync(file, 'utf8').includes('sourceMappingURL=');
  } catch {
    return false;
  }
};

const foldersIn = (folder: string): readonly string[] => {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isDirectory() && !NO_SOURCES.test(each.name))
      .map(({ name }) => path.join(folder, name))
      .sort();
  } catch {
    return [];
  }
};

const projectsOf = (file: string, folder = path.dirname(file)): readonly CompiledFile[] => {
  const has = (name: string): boolean => fs.existsSync(path.join(folder, name));
  if (has('tsconfig.json')) return [{ file, project: folder }];
  const parent = path.dirname(folder);
  return has('package.json') || parent === folder ? [] : projectsOf(file, parent);
};
