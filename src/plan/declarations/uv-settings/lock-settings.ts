import type { DependencyRequest } from '../../request/bundle-request';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectDeclaration } from '../../model/source-snapshot';
import type { AskedLine } from '../own-lock/asked-lines';
import { readUvSettings } from './read-uv-settings';
import { toolUvFile } from './tool-uv-file';
import { uvSettingsOf } from './uv-settings-of';

type Declaration = Pick<ProjectDeclaration, 'kind' | 'source' | 'manifest' | 'root'>;

/** The settings that uv gets when this library locks a project or script, and the settings that it cannot follow. */
export const settingsForLock = (
  declaration: Declaration,
  dependencies: Pick<DependencyRequest, 'index'>,
): { readonly settings: Readonly<Record<string, unknown>>; readonly problems: readonly PlanError[] } => {
  const tool = toolUvFile(declaration);
  if (tool === undefined) return { settings: {}, problems: [] };
  const { uv, problems } = uvSettingsOf(tool, 'all', dependencies);
  return { settings: uv?.settings ?? {}, problems };
};

/** The `[tool.uv]` settings that affect a lock, one line each. A lock keeps these lines, so that a change shows. */
export const askedSettings = (
  declaration: Declaration,
  { indexed }: Pick<DeclaredDependencies, 'indexed'>,
): readonly AskedLine[] => {
  const tool = toolUvFile(declaration);
  const { settings, problems } =
    tool === undefined ? { settings: [], problems: [] } : readUvSettings(tool, 'all');
  return [
    ...settings.map(({ setting, value, file, line }) => ({
      text: `tool.uv.${setting} = ${JSON.stringify(value)}`,
      file,
      line,
    })),
    // No lock is made with such a setting, so it must be new.
    ...problems.flatMap((problem) =>
      problem._tag === 'UvSettingNotFollowed'
        ? [{ text: `tool.uv.${problem.setting}`, file: problem.file, line: problem.line }]
        : [],
    ),
    ...indexed.map(({ name, index, line }) => ({
      text: `tool.uv.sources.${name}.index = ${JSON.stringify(index)}`,
      file: declaration.source.file,
      line,
    })),
  ];
};
