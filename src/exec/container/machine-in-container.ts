import type { Values } from '../../plan/variables/installer-environment';
import type { MachineVariables } from '../../plan/settings/machine-variables';
import { putCertificates } from '../machine/certificates';
import { putLinks } from './container-links';
import { putVariables } from './container-variables';
import type { InstallTask } from '../install/install';
import { uncheckedNotes } from '../install/unchecked-notes';
import { unreadSettings } from '../machine/unread-settings';

/**
 * Puts this machine's settings for installers, and the files that they name, into a container's folder of tools:
 * certificates, constraints, folders of wheels. Gives the lines about settings that count there and settings that do
 * not.
 *
 * @param tools absolute path of the folder of tools
 * @param own the variables of this machine
 * @param texts the texts of the requirements files
 */
export const putMachine = (
  tools: string,
  task: Pick<InstallTask, 'install' | 'environment'>,
  { variables, notes }: MachineVariables,
  own: Values,
  texts: readonly string[],
): readonly string[] => [
  ...notes,
  ...unreadSettings(task.install, variables),
  ...uncheckedNotes(task.install, texts),
  ...putCertificates(tools, { own: variables, given: task.environment }),
  ...putVariables(tools, task, own),
  ...putLinks(tools, task, variables),
];
