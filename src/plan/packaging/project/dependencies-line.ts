import type { ProjectFile } from '../../model/source-snapshot';
import { lineOfFirst } from './toml-lines';

/** The tables in which a pyproject.toml or a Pipfile lists dependencies; the last entry is for a file without any. */
const TABLES = [
  ['project', 'dependencies'],
  ['tool', 'poetry', 'dependencies'],
  ['packages'],
  ['dependency-groups'],
  ['project'],
];

/** The line at which a manifest's dependencies begin; the first line where it lists none. */
export const dependenciesLine = ({ text }: ProjectFile): number => lineOfFirst(text, TABLES);
