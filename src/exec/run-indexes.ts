import { CONFIG_SETTINGS_VARIABLE } from '../plan/config-setting';
import { withoutFurtherIndexes, withoutOtherIndexes } from '../plan/declared-index';
import type { InstallPlan } from '../plan/install-plan';
import { requirementTexts } from './requirement-texts';

/** The requirements files that a run of an installer takes. */
const filesOf = (argv: readonly string[]): readonly string[] =>
  argv.filter((_, at) => argv[at - 1] === '--requirement');

/**
 * Whether each requirement of a run has hashes, and several indexes may have it. Then the hashes decide which file is taken, so uv
 * may ask all of those indexes; by itself it only asks the first one that has the name. A build has requirements without hashes.
 */
const hashesDecide = (argv: readonly string[], texts: readonly string[]): boolean => {
  const lines = texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  const isOption = (line: string): boolean => line.startsWith('--');
  return (
    lines.some((line) => line.startsWith('--extra-index-url ')) &&
    !lines.some((line) => line.startsWith('--no-binary ')) &&
    !argv.includes('--no-binary') &&
    lines.every((line) => isOption(line) || line.includes(' --hash='))
  );
};

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
  const texts = requirementTexts(folder, filesOf(argv));
  const asked = {
    ...withoutOtherIndexes(variables, texts),
    ...(hashesDecide(argv, texts) ? { UV_INDEX_STRATEGY: 'unsafe-best-match' } : {}),
  };
  return furtherIndexes === true ? asked : withoutFurtherIndexes(asked, declared);
};
