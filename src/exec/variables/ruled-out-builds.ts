import { isOnlyWheel, onlyWheels } from '../../plan/declarations/lines/format-control';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { buildRuledOut } from '../failures/refused-requirement';
import type { Settings } from './switched-off';
import { switchedOff } from './switched-off';
import { nameOf } from '../scripts/wheels-first';

/** Which builds settings of the machine, or lines of the requirements, forbid. */
interface RuledOutBuilds {
  /** Whether a setting forbids the build of a requirement. */
  readonly isOff: (requirement: string) => boolean;
  /** Whether a line does. */
  readonly isRuledOut: (requirement: string) => boolean;
  /** The error of a requirement that must be built all the same; undefined where it may be built. */
  readonly errorOf: (requirement: string) => ExecutionError | undefined;
  /** The error of a build that lines ask for and a setting forbids. */
  readonly contradiction: (forced: readonly string[]) => ExecutionError | undefined;
}

/** @param texts those of the requirements files */
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
