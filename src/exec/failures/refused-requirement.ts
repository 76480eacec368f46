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

/** What went wrong where a tool names the requirements that it could not have: no file fits, or what it found is another file. */
export const refusedRequirement = (
  install: InstallPlan,
  target: string,
  output: string,
): ExecutionError | undefined => {
  // What a page to log in at lacks says nothing of the requirement.
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

/** That a requirement has no wheel, and a line of the requirements says that it is not built. */
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

/** What has no wheel, where nothing may be built. */
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
