import type { CommandResult } from '../process/shell';

/** A line that a build's command has printed: the number of its step, and the seconds since its start. */
const PRINTED = /^#\d+ \d+\.\d+ ?(.*)$/;

/** BuildKit's line about the end of a `RUN` command, in new versions and up to 0.8. */
const ENDED =
  /^(?:#\d+ )?ERROR: .*(?:did not complete successfully|executor failed running .*): exit code: (\d+)/m;

/** The result of a build's own command: its exit code and output, as if it had run here. */
export const commandOf = ({ output, ...result }: CommandResult): CommandResult | undefined => {
  const [, code] = ENDED.exec(output) ?? [];
  if (code === undefined) return undefined;
  const printed = output.split('\n').flatMap((line) => PRINTED.exec(line)?.[1] ?? []);
  return { ...result, exitCode: Number(code), output: `${printed.join('\n')}\n` };
};

/** BuildKit's message about a cache that it could not write; undefined if there was no such trouble. */
export const cacheFault = (output: string): string | undefined =>
  /^#(\d+) exporting cache to [\s\S]*^#\1 ERROR: (.*)$/m.exec(output)?.[2];
