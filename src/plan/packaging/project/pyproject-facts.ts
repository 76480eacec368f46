import { parse } from 'smol-toml';
import { tableAt } from '../../values/toml-values';

/** What the tables of a pyproject.toml tell without reading any requirement. */
interface PyprojectFacts {
  /** Whether it is a Python project's, and not only the settings of some tool. */
  readonly isProject: boolean;
  /** Whether the project lists dependencies. */
  readonly declares: boolean;
  /** Whether only a build would tell the dependencies (PEP 621, `dynamic`). */
  readonly isDynamic: boolean;
}

const includes = (list: unknown, text: string): boolean => Array.isArray(list) && list.includes(text);

/** One that does not parse counts as a project with dependencies, so that it is told of where it is used. */
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

/** Whether a Pipfile asks for packages that a function would need; those for development are none. */
export const pipfileDeclares = (text: string): boolean => {
  try {
    return Object.keys(tableAt(parse(text), 'packages') ?? {}).length > 0;
  } catch {
    return true;
  }
};
