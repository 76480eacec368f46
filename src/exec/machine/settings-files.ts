import * as E from 'fp-ts/Either';
import { indexVariableProblems } from '../../plan/variables/index-variables';
import type { Values } from '../../plan/variables/installer-environment';
import type { AllSettings, MachineVariables } from '../../plan/settings/machine-variables';
import { machineVariables } from '../../plan/settings/machine-variables';
import type { SettingsFault } from '../../plan/settings/settings-file';
import type { ExecutionError } from '../errors/execution-error';

/** The settings files of this machine, or the error in one of them. */
export type MachineFiles = E.Either<SettingsFault, AllSettings>;

/** A machine without settings files. */
export const NO_FILES: MachineFiles = E.right({ uv: [], pip: [] });

/**
 * The variables and settings of this machine that count for an install.
 *
 * @param own the variables of this machine
 * @param given the variables of the bundle
 */
export const saidByMachine = (
  own: Values,
  files: MachineFiles,
  given: Values = {},
): E.Either<ExecutionError, MachineVariables> => {
  if (E.isLeft(files)) return E.left({ _tag: 'InvalidSettings', ...files.left });
  const [invalid] = indexVariableProblems({ ...own, ...given });
  return invalid === undefined
    ? E.right(machineVariables(own, files.right, given))
    : E.left({ _tag: 'InvalidIndexVariable', ...invalid });
};
