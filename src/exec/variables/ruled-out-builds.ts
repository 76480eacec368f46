import { isOnlyWheel, onlyWheels } from '../../plan/declarations/lines/format-control';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { buildRuledOut } from '../failures/refused-requirement';
import type { Settings } from './switched-off';
import { switchedOff } from './switched-off';
import { nameOf } from '../scripts/wheels-first';

/** The builds that settings of the machine, or lines of the requirements, forbid. */
interface RuledOutBuilds {
  /** Whether a setting forbids the build of a requirement. */
  readonly isOff: (requirement: string) => boolean;
  /** Whether a line forbids it. */
  readonly isRuledOut: (requirement: string) => boolean;
  /** The error if a requirement must be built but may not; undefined if it may. */
  readonly errorOf: (requirement: string) => ExecutionError | undefined;
  /** The error if lines demand a build that a setting forbids. */
  readonly contradiction: (forced: readonly string[]) => ExecutionError | undefined;
}

/** @param texts the texts of the requirements files */
export const ruledOutBuilds = (
  texts: readonly string[],
  settings: Settings,
  { plan, install }: Pick<InstallTask, 'plan' | 'install'>,
): RuledOutBuilds => {
  const only = onlyWheels(texts);
  const off = switchedOff(settings, { install, plan });
  const isRuledOut = (requirement: string): boolean => isOnlyWheel(only, nameOf(requirement));
  return {
    isOff: (requirement) => off(requirement) !== undefined,
    isRuledOut,
    errorOf: (requirement) =>
      off(requirement) ?? (isRuledOut(requirement) ? buildRuledOut(install, plan, requirement) : undefined),
    contradiction: (forced) => forced.map(off).find((error) => error !== undefined),
  };
};
