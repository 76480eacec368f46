import { isOnlyWheel, onlyWheels } from '../../plan/declarations/lines/format-control';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import { redactUrls } from '../../plan/values/redact';
import { declaredAt, lineAt } from '../install/declared-at';
import type { ExecutionError } from '../errors/execution-error';
import { targetName } from '../install/install';
import { localLineOf } from '../install/local-lines';
import { notOnFirstIndex } from './not-on-first-index';
import { notThereThen } from '../install/excluded-by-date';
import { lastLines, mismatchedHash, missingRequirement } from '../scripts/installer-output';
import { pageWithoutFiles } from '../scripts/page-without-files';
import { requirementsConflict } from './requirements-conflict';

/** The error for requirements that a tool names in its output: no file fits, or a file has another hash. */
export const refusedRequirement = (
  install: InstallPlan,
  target: string,
  output: string,
): ExecutionError | undefined => {
  // A login page without files says nothing of the requirement.
  if (mismatchedHash(output) === undefined && pageWithoutFiles(output) !== undefined) return undefined;
  const undated = notThereThen(install, output);
  if (undated !== undefined) return undated;
  const mismatch = mismatchedHash(output);
  if (mismatch !== undefined) {
    const declaration = declaredAt(install, mismatch.requirement);
    return declaration === null ? undefined : { _tag: 'HashMismatch', declaration, ...mismatch };
  }
  const hidden = notOnFirstIndex(install, output);
  if (hidden !== undefined) return hidden;
  const conflict = requirementsConflict(install, output);
  if (conflict !== undefined) return conflict;
  const missing = missingRequirement(output);
  const declaration = missing === undefined ? null : declaredAt(install, missing);
  return missing === undefined || declaration === null
    ? undefined
    : {
        _tag: 'NoSuchVersion',
        requirement: redactUrls(missing),
        declaration,
        target,
        indexes: [],
        output: lastLines(output),
      };
};

/** The error for a requirement without a wheel if a line of the requirements forbids its build. */
export const buildRuledOut = (
  install: Pick<InstallPlan, 'declaration' | 'inputs'>,
  plan: BundlePlan,
  requirement: string,
): ExecutionError => {
  const [name = requirement] = /^[A-Za-z0-9][\w.-]*/.exec(requirement) ?? [];
  return {
    _tag: 'BuildRuledOut',
    requirement: redactUrls(requirement),
    declaration: declaredAt(install, requirement) ?? 'the plan',
    target: targetName(plan),
    by: lineAt(install, (line) => isOnlyWheel(onlyWheels([line]), name)) ?? 'the requirements',
  };
};

/** The error for a requirement without a wheel if nothing may be built. */
export const sdistForbidden = (
  install: Pick<InstallPlan, 'declaration' | 'inputs'>,
  plan: BundlePlan,
  requirement: string,
): ExecutionError => ({
  _tag: 'SdistForbidden',
  requirement: redactUrls(requirement),
  declaration: declaredAt(install, requirement) ?? 'the plan',
  ...localLineOf(install, requirement),
  target: targetName(plan),
});
