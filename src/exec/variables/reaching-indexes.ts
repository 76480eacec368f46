import { trustedByLines } from '../../plan/declarations/lines/trusted-lines';
import type { Values } from '../../plan/variables/installer-environment';
import type { MachineVariables } from '../../plan/settings/machine-variables';
import { trustedHosts } from '../../plan/variables/trusted-hosts';
import { withCertificates } from '../machine/certificates';
import type { InstallTask } from '../install/install';
import { namedFromHere } from './absolute-variable-paths';
import { uncheckedNotes } from '../install/unchecked-notes';
import { unreadSettings } from '../machine/unread-settings';

/** The variables with which this machine's installers reach package indexes. */
interface Reaching {
  /** The variables of this machine. */
  readonly own: Values;
  /** The variables of the bundle. */
  readonly given: Readonly<Record<string, string>>;
  /** A line each. */
  readonly notes: readonly string[];
}

/**
 * The variables of an install on this machine, with which uv and pip trust the same certificates and hosts.
 *
 * @param texts the texts of the requirements files
 */
export const reachingIndexes = (
  { install, folders, environment }: Pick<InstallTask, 'install' | 'folders' | 'environment'>,
  { variables, notes }: MachineVariables,
  texts: readonly string[],
): Reaching => {
  const reaching = withCertificates(
    { own: variables, given: namedFromHere(environment) },
    `${folders.output}.tmp`,
  );
  const hosts = trustedByLines(texts);
  return {
    own: reaching.own,
    given:
      hosts.length === 0
        ? reaching.given
        : { ...reaching.given, ...trustedHosts({ ...variables, ...environment }, hosts) },
    notes: [
      ...notes,
      ...reaching.notes,
      ...unreadSettings(install, variables),
      ...uncheckedNotes(install, texts),
    ],
  };
};

/**
 * The variables for uv to make a lock: it trusts the same certificates and hosts as an install.
 *
 * @param folder absolute path of a folder for combined certificates
 */
export const reachingToLock = (
  variables: Values,
  texts: readonly string[],
  folder: string,
): Pick<Reaching, 'own' | 'notes'> => {
  const { own, notes } = withCertificates({ own: variables, given: {} }, folder);
  return { own: { ...own, ...trustedHosts(variables, trustedByLines(texts)) }, notes };
};
