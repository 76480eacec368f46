import type { Project } from './random-project';

/** The tools whose locks are compared with their own exports. */
export type LockTool = 'uv' | 'poetry' | 'pdm';

const text = (value: string): string => JSON.stringify(value);

const list = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`;

const groupItem = (item: string | { readonly include: string }): string =>
  typeof item === 'string' ? text(item) : `{ include-group = ${text(item.include)} }`;

const table = (name: string, rows: readonly string[]): string =>
  rows.length === 0 ? '' : `\n[${name}]\n${rows.join('\n')}\n`;

/** What all tools read: `[project]` (PEP 621) and groups (PEP 735). */
const standard = ({ requiresPython, dependencies, extras, groups }: Project): string =>
  [
    '[project]\nname = "app"\nversion = "1.0"',
    `requires-python = ${text(requiresPython)}`,
    `dependencies = ${list(dependencies)}\n`,
  ].join('\n') +
  table(
    'project.optional-dependencies',
    Object.entries(extras).map(([name, items]) => `${name} = ${list(items)}`),
  ) +
  table(
    'dependency-groups',
    Object.entries(groups).map(([name, items]) => `${name} = [${items.map(groupItem).join(', ')}]`),
  );

const uvSettings = ({ conflicts, environments }: Project): string =>
  table('tool.uv', [
    ...(conflicts.length > 0
      ? [`conflicts = [[${conflicts.map((extra) => `{ extra = ${text(extra)} }`).join(', ')}]]`]
      : []),
    ...(environments.length > 0 ? [`environments = ${list(environments)}`] : []),
  ]);

/** The `pyproject.toml` of a project, for one of the tools, with one index. */
export const manifestOf = (tool: LockTool, project: Project, index: string): string => {
  switch (tool) {
    case 'uv':
      return `${standard(project)}${uvSettings(project)}\n[[tool.uv.index]]\nurl = ${text(index)}\ndefault = true\n`;
    case 'poetry':
      return `${standard(project)}\n[tool.poetry]\npackage-mode = false\n\n[[tool.poetry.source]]\nname = "universe"\nurl = ${text(index)}\npriority = "primary"\n`;
    case 'pdm':
      return `${standard(project)}\n[tool.pdm]\ndistribution = false\n\n[[tool.pdm.source]]\nname = "pypi"\nurl = ${text(index)}\n`;
  }
};

/** Whether a tool can be asked for such a project at all. */
export const canLock = (tool: LockTool, { conflicts }: Project): boolean =>
  tool === 'uv' || conflicts.length === 0;
