import type { InstallPlan } from '../plan/install-plan';
import { redactUrls } from '../plan/redact';
import type { ExecutionError } from './execution-error';
import { lastLines, mismatchedHash, missingRequirement } from './installer-output';

/** What went wrong where a tool names the requirement that it could not have: its file is another one, or there is none. */
export const refusedRequirement = (
  { declaration }: Pick<InstallPlan, 'declaration'>,
  target: string,
  output: string,
): ExecutionError | undefined => {
  if (declaration === null) return undefined;
  const mismatch = mismatchedHash(output);
  if (mismatch !== undefined) return { _tag: 'HashMismatch', declaration, ...mismatch };
  const missing = missingRequirement(output);
  return missing === undefined
    ? undefined
    : {
        _tag: 'NoSuchVersion',
        requirement: redactUrls(missing),
        declaration,
        target,
        output: lastLines(output),
      };
};
