import * as path from 'node:path';
import { madeFrom } from '../../plan/declarations/uv-settings/tool-uv-file';
import type { ProjectDeclaration, ProjectFile } from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import { workspaceOf } from './uv-workspace';
import type { FileProblem } from './survey-memory';

/**
 * The pyproject.toml of the uv workspace around a project, whose `[tool.uv]` counts; undefined if the project is its
 * own root or in no workspace. For a lock, it lies beside the lock.
 */
export const uvRoot = (
  { kind, source, manifest }: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest'>,
  read: (file: string) => ProjectFile | FileProblem,
): ProjectFile | undefined => {
  const project = kind === 'pyproject' ? source : kind === 'pylock' ? madeFrom(source, manifest) : null;
  if (project?.file.endsWith('.toml') === true) {
    const root = workspaceOf(project)?.root;
    return root === undefined || root.file === project.file ? undefined : root;
  }
  if (kind !== 'uv' || manifest === null || !manifest.file.endsWith('.toml')) return undefined;
  const file = path.join(path.dirname(source.file), 'pyproject.toml');
  if (file === manifest.file || !isThere(file)) return undefined;
  const found = read(file);
  return 'problem' in found ? undefined : found;
};
