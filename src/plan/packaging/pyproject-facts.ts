import { parse } from 'smol-toml';

/** What the tables of a pyproject.toml tell without reading any requirement. */
export interface PyprojectFacts {
  /** Whether it is a Python project's, and not only the settings of some tool. */
  readonly isProject: boolean;
  /** Whether the project lists dependencies. */
  readonly declares: boolean;
  /** Whether only a build would tell the dependencies (PEP 621, `dynamic`). */
  readonly isDynamic: boolean;
}

const tableIn = (table: unknown, key: string): Readonly<Record<string, unknown>> | undefined => {
  const value: unknown =
    typeof table === 'object' && table !== null && Object.hasOwn(table, key)
      ? (table as Readonly<Record<string, unknown>>)[key]
      : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
};

const includes = (list: unknown, text: string): boolean => Array.isArray(list) && list.includes(text);

/** One that does not parse counts as a project with dependencies, so that it is told of where it is used. */
export const pyprojectFacts = (text: string): PyprojectFacts => {
  try {
    const document = parse(text);
    const project = tableIn(document, 'project');
    const poetry = tableIn(tableIn(document, 'tool'), 'poetry');
    const required = Object.keys(tableIn(poetry, 'dependencies') ?? {}).filter((name) => name !== 'python');
    return {
      isProject: project !== undefined || poetry !== undefined,
      declares:
        (Array.isArray(project?.['dependencies']) && project['dependencies'].length > 0) ||
        required.length > 0,
      isDynamic: includes(project?.['dynamic'], 'dependencies'),
    };
  } catch {
    return { isProject: true, declares: true, isDynamic: false };
  }
};
