import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';
import { withoutFurtherIndexes, withoutOtherIndexes } from '../../plan/variables/declared-index';
import type { InstallPlan } from '../../plan/model/install-plan';
import { requirementTexts } from '../files/requirement-texts';

/** The requirements files that a run of an installer takes. */
const filesOf = (argv: readonly string[]): readonly string[] =>
  argv.filter((_, at) => argv[at - 1] === '--requirement');

/**
 * The variables of one run. Where a lock says from which index the packages of the run come, no variable names another:
 * uv would ask that before it, and pip beside it. The run of the default index asks that one alone, unless the lock does not say
 * where a package comes from.
 *
 * Settings for builds are a variable as well; no lock has any.
 *
 * @param folder absolute path of the folder that the run starts in
 * @param declared names of the app's own variables
 */
export const variablesOfRun = (
  {
    isLocked,
    furtherIndexes,
    configSettings,
  }: Pick<InstallPlan, 'isLocked' | 'furtherIndexes' | 'configSettings'>,
  folder: string,
  argv: readonly string[],
  variables: Readonly<Record<string, string>>,
  declared: readonly string[],
): Readonly<Record<string, string>> => {
  if (configSettings !== undefined)
    return { ...variables, [CONFIG_SETTINGS_VARIABLE]: JSON.stringify(configSettings) };
  if (!isLocked) return variables;
  const asked = withoutOtherIndexes(variables, requirementTexts(folder, filesOf(argv)));
  return furtherIndexes === true ? asked : withoutFurtherIndexes(asked, declared);
};
