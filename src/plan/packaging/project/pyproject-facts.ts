import { parse } from 'smol-toml';
import { tableAt } from '../../values/toml-values';

/** Facts that a pyproject.toml gives without parsing any requirement. */
interface PyprojectFacts {
  /** Whether it describes a Python project, and not only settings of a tool. */
  readonly isProject: boolean;
  /** Whether the project lists dependencies. */
  readonly declares: boolean;
  /** Whether only a build can give the dependencies (PEP 621, `dynamic`). */
  readonly isDynamic: boolean;
}

const includes = (list: unknown, text: string): boolean => Array.isArray(list) && list.includes(text);

/**
 * A file that does not parse counts as a project with dependencies, so that the error appears where the file is used.
 */
export const pyprojectFacts = (text: string): PyprojectFacts => {
  try {
    const document = parse(text);
    const project = tableAt(document, 'project');
    const poetry = tableAt(document, 'tool', 'poetry');
    const required = Object.keys(tableAt(poetry, 'dependencies') ?? {}).filter((name) => name !== 'python');
    return {
      isProject:
        project !== undefined || poetry !== undefined || tableAt(document, 'dependency-groups') !== undefined,
      declares:
        (Array.isArray(project?.['dependencies']) && project['dependencies'].length > 0) ||
        required.length > 0,
      isDynamic: includes(project?.['dynamic'], 'dependencies'),
    };
  } catch {
    return { isProject: true, declares: true, isDynamic: false };
  }
};

/** Whether a Pipfile lists packages for a function. Development packages do not count. */
export const pipfileDeclares = (text: string): boolean => {
  try {
    return Object.keys(tableAt(parse(text), 'packages') ?? {}).length > 0;
  } catch {
    return true;
  }
};
