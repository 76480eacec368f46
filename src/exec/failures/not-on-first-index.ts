import type { InstallPlan } from '../../plan/model/install-plan';
import { redactUrls } from '../../plan/values/redact';
import { declaredAt } from '../install/declared-at';
import type { ExecutionError } from '../errors/execution-error';
import { withoutColours } from '../scripts/installer-output';

/** uv's output if a later index may have a version that the first index with the name lacks. */
const FOUND =
  /`[^`]+` was found on (\S+), but not at the requested version \(([^)]+)\)\. A compatible version/;

/** The error if the first index that has a package lacks the required version, and no later index was asked. */
export const notOnFirstIndex = (
  install: Pick<InstallPlan, 'declaration' | 'inputs'>,
  output: string,
): ExecutionError | undefined => {
  const [, index, requirement] = FOUND.exec(withoutColours(output)) ?? [];
  return index === undefined || requirement === undefined
    ? undefined
    : {
        _tag: 'NotOnFirstIndex',
        index: redactUrls(index),
        requirement: redactUrls(requirement),
        declaration: declaredAt(install, requirement) ?? 'the plan',
      };
};
