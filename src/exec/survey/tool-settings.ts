import * as path from 'node:path';
import type { ProjectDeclaration, ProjectFile } from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import type { FileProblem } from './survey-memory';

/** The names of the files with a tool's settings for one project, by the kind of its lock. */
const NAMES: Partial<Record<ProjectDeclaration['kind'], string>> = { poetry: 'poetry.toml', pdm: 'pdm.toml' };

/** A tool's settings for a project, beside its pyproject.toml; undefined without such settings. */
export const toolSettings = (
  { kind, source, manifest }: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest'>,
  read: (file: string) => ProjectFile | FileProblem,
): ProjectFile | FileProblem | undefined => {
  const name = NAMES[kind];
  if (name === undefined) return undefined;
  const file = path.join(path.dirname((manifest ?? source).file), name);
  return isThere(file) ? read(file) : undefined;
};
