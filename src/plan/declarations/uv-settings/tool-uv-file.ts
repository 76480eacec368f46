import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { isLockOf } from '../../locks/locked/own-lock';
import { parseToml } from '../../packaging/project/toml-file';
import { scriptBlocks } from '../../packaging/project/script-block';
import type { ProjectDeclaration, ProjectFile } from '../../model/source-snapshot';
import type { ToolUvFile } from './read-uv-settings';

const ofScript = ({ file, text }: ProjectFile): ToolUvFile | undefined => {
  const [block] = scriptBlocks(text, 'script');
  if (block === undefined) return undefined;
  const table = parseToml({ file, text: block.text });
  return isLeft(table)
    ? undefined
    : { file, table: table.right, text: block.text, offset: block.line, isScript: true };
};

const ofProject = (source: ProjectFile): ToolUvFile | undefined => {
  const table = parseToml(source);
  return isLeft(table)
    ? undefined
    : { file: source.file, table: table.right, text: source.text, offset: 0, isScript: false };
};

/**
 * The declaration that a lock of this library was made from; null for other tools, which have already read all
 * settings.
 */
export const madeFrom = (lock: ProjectFile, manifest: ProjectFile | null): ProjectFile | null =>
  manifest !== null && /\.(py|toml)$/.test(manifest.file) && isLockOf(lock.text, path.basename(manifest.file))
    ? manifest
    : null;

const ownFile = ({ kind, source, manifest }: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest'>) => {
  switch (kind) {
    case 'script':
    case 'pyproject':
      return source;
    case 'uv':
      return manifest;
    case 'pylock':
      return madeFrom(source, manifest);
    case 'poetry':
    case 'pdm':
    case 'pipenv':
      return null;
  }
};

/**
 * The file whose `[tool.uv]` applies to a declaration: a script, the root of a workspace, or the project; undefined if
 * none.
 */
export const toolUvFile = ({
  root,
  ...declaration
}: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root'>): ToolUvFile | undefined => {
  const own = ownFile(declaration);
  if (own === null) return undefined;
  return own.file.endsWith('.py') ? ofScript(own) : ofProject(root ?? own);
};
