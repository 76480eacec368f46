import { CLEARED_FURTHER_INDEXES, clearedIndexes } from '../../plan/variables/declared-index';
import { trustedByLines } from '../../plan/declarations/lines/trusted-lines';
import { indexTexts } from '../../plan/declarations/uv-settings/uv-files';
import type { Values } from '../../plan/variables/installer-environment';
import { containerEnvironment } from '../../plan/variables/installer-environment';
import type { MachineVariables } from '../../plan/settings/machine-variables';
import { addedByFiles } from '../../plan/settings/machine-variables';
import { trustedHosts } from '../../plan/variables/trusted-hosts';
import type { InstallTask } from '../install/install';

/**
 * The values of variables for a container or a builder, besides this machine's own, which its client passes on: from
 * settings files, and from the bundle. The machine's indexes are set to empty if the requirements name one.
 *
 * @param own the variables of this machine
 * @param texts the texts of the requirements files
 */
export const containerValues = (
  { install, environment }: Pick<InstallTask, 'install' | 'environment'>,
  said: MachineVariables,
  own: Values,
  texts: readonly string[],
): Readonly<Record<string, string>> => ({
  ...addedByFiles(said, own),
  // For a lock, the container's script clears these variables before each run; the further indexes are used in none.
  ...(install.isLocked
    ? install.furtherIndexes === true
      ? {}
      : CLEARED_FURTHER_INDEXES
    : clearedIndexes([...texts, ...indexTexts(install.uv)])),
  ...containerEnvironment(environment),
  ...trustedHosts({ ...said.variables, ...environment }, trustedByLines(texts)),
});
