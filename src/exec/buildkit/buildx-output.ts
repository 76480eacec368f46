import type { CommandResult } from '../process/shell';

/** A line that what runs in a build has printed: the number of its step, and the seconds since it began. */
const PRINTED = /^#\d+ \d+\.\d+ ?(.*)$/;

/** How the command of a `RUN` ended, as BuildKit words it now, and up to 0.8. */
const ENDED =
  /^(?:#\d+ )?ERROR: .*(?:did not complete successfully|executor failed running .*): exit code: (\d+)/m;

/** What a build's own command came to: its exit code, and what it has printed, as if it had run here. */
export const commandOf = ({ output, ...result }: CommandResult): CommandResult | undefined => {
  const [, code] = ENDED.exec(output) ?? [];
  if (code === undefined) return undefined;
  const printed = output.split('\n').flatMap((line) => PRINTED.exec(line)?.[1] ?? []);
  return { ...result, exitCode: Number(code), output: `${printed.join('\n')}\n` };
};

/** What BuildKit says of a cache that it could not write to; undefined where it had no such trouble. */
export const cacheFault = (output: string): string | undefined =>
  /^#(\d+) exporting cache to [\s\S]*^#\1 ERROR: (.*)$/m.exec(output)?.[2];
