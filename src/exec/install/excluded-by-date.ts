import type { InstallPlan } from '../../plan/model/install-plan';
import { redactUrls } from '../../plan/values/redact';
import type { ExecutionError } from '../errors/execution-error';
import { withoutColours } from '../scripts/installer-output';

/**
 * The file without an upload date on its index; for pip, the address of the index.
 *
 * @example "warning: `lib-1-py3-none-any.whl` is missing an upload date, but user provided: 2023-01-01T00:00:00Z"
 * @example "ERROR: Index https://host/simple/lib/ does not provide upload-time metadata."
 */
const UNDATED = [/`([^`]+)` is missing an upload date/, /Index (\S+) does not provide upload-time metadata/];

/** @example "hint: `lib` was filtered by `exclude-newer` to only include packages uploaded before 2023-01-01T00:00:00Z." */
const TOO_NEW = /`([^`]+)` was filtered by `exclude-newer`/;

/** The error if an index has nothing as of a date; undefined for another failure. */
export const notThereThen = (
  { declaration, resolvedAsOf }: Pick<InstallPlan, 'declaration' | 'resolvedAsOf'>,
  output: string,
): ExecutionError | undefined => {
  if (resolvedAsOf === null) return undefined;
  const text = withoutColours(output);
  const error = (wanted: string, hasDates: boolean): ExecutionError => ({
    _tag: 'NotThereThen',
    wanted: redactUrls(wanted),
    hasDates,
    moment: resolvedAsOf,
    declaration: declaration ?? 'the plan',
  });
  const undated = UNDATED.map((words) => words.exec(text)?.[1]).find((found) => found !== undefined);
  if (undated !== undefined) return error(undated, false);
  const tooNew = TOO_NEW.exec(text)?.[1];
  return tooNew === undefined ? undefined : error(tooNew, true);
};
