import { withoutOtherIndexes } from '../plan/declared-index';
import type { InstallPlan } from '../plan/install-plan';
import { requirementTexts } from './requirement-texts';

/** The requirements files that a run of an installer takes. */
const filesOf = (argv: readonly string[]): readonly string[] =>
  argv.filter((_, at) => argv[at - 1] === '--requirement');

/**
 * The variables of one run. Where a lock says from which index the packages of the run come, no variable names another:
 * uv would ask that before it, and pip beside it.
 *
 * @param folder absolute path of the folder that the run starts in
 */
export const variablesOfRun = (
  { isLocked }: Pick<InstallPlan, 'isLocked'>,
  folder: string,
  argv: readonly string[],
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  isLocked ? withoutOtherIndexes(variables, requirementTexts(folder, filesOf(argv))) : variables;
