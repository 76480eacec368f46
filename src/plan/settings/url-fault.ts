import type { IndexVariableProblem } from '../variables/index-variables';
import type { SettingsFault } from './settings-file';

/** A settings file with the URL of an index that uv and pip would not read alike. The URL is not shown. */
export const urlFault = (
  file: string,
  line: number | null,
  { problem }: IndexVariableProblem,
): SettingsFault => ({
  file,
  line,
  reason: `one of its URLs ${problem}. uv and pip would not read it alike`,
});
