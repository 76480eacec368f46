import { isLeft } from 'fp-ts/Either';
import { parseToml } from '../../packaging/toml-file';
import { scriptBlocks } from '../../packaging/script-block';
import type { ProjectDeclaration, ProjectFile } from '../../source-snapshot';
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

/** The file whose `[tool.uv]` counts for a declaration: a script, the root of a workspace, or the project; undefined where none does. */
export const toolUvFile = ({
  kind,
  source,
  manifest,
  root,
}: Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root'>): ToolUvFile | undefined => {
  const own = kind === 'script' || kind === 'pyproject' ? source : kind === 'uv' ? manifest : null;
  if (own === null) return undefined;
  return own.file.endsWith('.py') ? ofScript(own) : ofProject(root ?? own);
};
