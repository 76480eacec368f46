import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';

const FILTER = /^filter\.(.+)\.(?:clean|smudge|process|required)$/i;

/** The names of the filters in the Git settings of this user and machine; empty without Git. */
export const gitFilters = async (
  shell: Shell,
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const argv = ['git', 'config', '--null', '--name-only', '--get-regexp', '^filter\\.'];
  const result = await shell({ argv, cwd, environment, bare: true })();
  const names = succeeded(result) ? result.stdout.split('\0') : [];
  return [...new Set(names.flatMap((name) => FILTER.exec(name)?.[1] ?? []))].sort();
};
