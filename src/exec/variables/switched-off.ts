import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { Values } from '../../plan/variables/installer-environment';
import { has } from '../../plan/variables/installer-environment';
import { redactUrls } from '../../plan/values/redact';
import { switchedOffBuild } from '../../plan/install/switched-off-builds';
import { declaredAt } from '../install/declared-at';
import type { ExecutionError } from '../errors/execution-error';
import { targetName } from '../install/install';
import type { MachineFiles } from '../machine/settings-files';

/** The variables and settings that may forbid builds. */
export interface Settings {
  /** All variables that count, with the settings of files. */
  readonly values: Values;
  /** `bundling.environment`. */
  readonly given: Values;
  /** The variables of this machine. */
  readonly own: Values;
  readonly files: MachineFiles;
}

/** The place that sets a variable, in words. */
const whereSet = (variable: string, { given, own, files }: Settings): string => {
  if (has(given, variable)) return `${variable} of \`bundling.environment\``;
  const read = E.isRight(files) && !has(own, variable) ? [...files.right.uv, ...files.right.pip] : [];
  const file = read.filter(({ variables }) => has(variables, variable)).at(-1)?.file;
  return file === undefined ? `the variable ${variable} of this machine` : `${file} (${variable})`;
};

/** The error if a requirement must be built but a setting forbids it; undefined if none does. */
export const switchedOff = (
  settings: Settings,
  { install, plan }: { readonly install: InstallPlan; readonly plan: BundlePlan },
): ((requirement: string) => ExecutionError | undefined) => {
  const by = switchedOffBuild(settings.values);
  return (requirement) => {
    const variable = install.sdist === 'host' ? by(requirement) : undefined;
    return variable === undefined
      ? undefined
      : {
          _tag: 'BuildSwitchedOff',
          requirement: redactUrls(requirement),
          declaration: declaredAt(install, requirement) ?? 'the plan',
          target: targetName(plan),
          setting: whereSet(variable, settings),
        };
  };
};
