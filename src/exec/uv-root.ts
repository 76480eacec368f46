import * as path from 'node:path';
import { isLockOf } from '../plan/locks/own-lock';
import type { ProjectDeclaration, ProjectFile } from '../plan/source-snapshot';
import { isThere } from './file-kind';
import type { FileProblem } from './read-declaration';
import { workspaceOf } from './uv-workspace';

/** The project that a lock of this library was made from; null for another lock, whose tool has read all settings. */
const lockedHere = (lock: ProjectFile, manifest: ProjectFile | null): ProjectFile | null =>
  manifest !== null && manifest.file.endsWith('.toml') && isLockOf(lock.text, path.basename(manifest.file))
    ? manifest
    : null;

/**
 * The pyproject.toml of the uv workspace that a project is a member of, whose `[tool.uv]` counts; undefined where the project is
 * its own root, or in none. That of a lock lies beside the lock.
 */
export const uvRoot = (
  { kind, source, manifest }: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest'>,
  repository: string | undefined,
  read: (file: string) => ProjectFile | FileProblem,
): ProjectFile | undefined => {
  const project = kind === 'pyproject' ? source : kind === 'pylock' ? lockedHere(source, manifest) : null;
  if (project !== null) {
    const root = workspaceOf(project, repository)?.root;
    return root === undefined || root.file === project.file ? undefined : root;
  }
  if (kind !== 'uv' || manifest === null || !manifest.file.endsWith('.toml')) return undefined;
  const file = path.join(path.dirname(source.file), 'pyproject.toml');
  if (file === manifest.file || !isThere(file)) return undefined;
  const found = read(file);
  return 'problem' in found ? undefined : found;
};
