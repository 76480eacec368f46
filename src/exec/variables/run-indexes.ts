import { CONFIG_SETTINGS_VARIABLE } from '../../plan/target/config-setting';
import { withoutFurtherIndexes, withoutOtherIndexes } from '../../plan/variables/declared-index';
import type { InstallPlan } from '../../plan/model/install-plan';
import { requirementTexts } from '../files/requirement-texts';

/** The requirements files in an installer's arguments. */
const filesOf = (argv: readonly string[]): readonly string[] =>
  argv.filter((_, at) => argv[at - 1] === '--requirement');

/**
 * The variables of one run. If a lock names the index of the run's packages, no variable may name another: uv would ask
 * that first, and pip as well. The run of the default index asks only that index, unless the lock has packages without
 * an index.
 *
 * Config settings for builds are a variable as well; no lock has any.
 *
 * @param folder absolute path of the run's working directory
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
