import * as path from 'node:path';
import type { RequirementsLine } from './requirements-file';

/** A line that points to a file or a folder. */
export type PointingLine = Extract<RequirementsLine, { readonly target: string }>;

/**
 * Absolute path that a line points to. `-r`, `-c` and `-f` are relative to their file, packages to the working folder.
 */
export const lineTarget = (line: PointingLine, file: string, workingFolder: string): string =>
  path.resolve(line._tag === 'LocalPackage' ? workingFolder : path.dirname(file), line.target);
