import { NAME_PREFIX } from '../../plan/install/volume-copy';
import type { Install } from '../install/install';
import type { Shell } from '../process/shell';
import { isOfDeadProcess } from '../files/temporary';

const LISTS = [
  { list: ['ps', '--all', '--filter', `name=${NAME_PREFIX}`, '--format', '{{.Names}}'], remove: ['rm'] },
  {
    list: ['volume', 'ls', '--filter', `name=${NAME_PREFIX}`, '--format', '{{.Name}}'],
    remove: ['volume', 'rm'],
  },
] as const;

/**
 * Removes the containers and volumes that killed runs of this machine left in an engine; containers first, because they
 * use the volumes.
 */
export const removeAbandonedContainers = async (shell: Shell, program: string): Promise<void> => {
  for (const { list, remove } of LISTS) {
    const { stdout } = await shell({ argv: [program, ...list] })();
    const names = stdout.split(/\s+/).filter((name) => name.startsWith(NAME_PREFIX));
    const abandoned = names.filter((name) => isOfDeadProcess(name.slice(NAME_PREFIX.length)));
    if (abandoned.length > 0) await shell({ argv: [program, ...remove, '--force', ...abandoned] })();
  }
};

/** The same, started with the first install, which does not wait for it. */
export const cleaning = (shell: Shell, program: string, install: Install): Install => {
  let cleaned: Promise<void> | undefined;
  return async (task) => {
    cleaned ??= removeAbandonedContainers(shell, program).catch(() => undefined);
    try {
      return await install(task);
    } finally {
      await cleaned;
    }
  };
};
