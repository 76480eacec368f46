import type { ProjectFile } from '../../model/source-snapshot';
import { lineOfFirst } from './toml-lines';

/** Where a pyproject.toml or a Pipfile lists what it depends on; the last, where it lists nothing. */
const TABLES = [
  ['project', 'dependencies'],
  ['tool', 'poetry', 'dependencies'],
  ['packages'],
  ['dependency-groups'],
  ['project'],
];

/** The line from which on a manifest lists its dependencies; the first one where none does. */
export const dependenciesLine = ({ text }: ProjectFile): number => lineOfFirst(text, TABLES);
