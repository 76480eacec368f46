import type { IndexVariableProblem } from '../variables/index-variables';
import type { SettingsFault } from './settings-file';

/**
 * The error of an index URL in a settings file that uv and pip would not read alike. The message does not show the URL.
 */
export const urlFault = (
  file: string,
  line: number | null,
  { problem }: IndexVariableProblem,
): SettingsFault => ({
  file,
  line,
  reason: `one of its URLs ${problem}. uv and pip would not read it alike`,
});
