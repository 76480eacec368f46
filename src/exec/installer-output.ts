import { redactUrls } from '../plan/redact';

const KEPT_LINES = 20;

/** Text as it reads: tools draw in colours even into a pipe where FORCE_COLOR is set, as CI services do. */
const withoutColours = (output: string): string => output.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');

/** The last lines of what a tool printed, without credentials, colours and progress bars: what an error shows. */
export const lastLines = (output: string): string =>
  redactUrls(withoutColours(output))
    .split(/\r\n|\n/)
    .map((line) => line.split('\r').at(-1)?.trimEnd() ?? '')
    .filter((line) => line !== '')
    .slice(-KEPT_LINES)
    .join('\n');

const matches = (output: string, pattern: RegExp): readonly string[] => [
  ...new Set([...output.matchAll(pattern)].flatMap((match) => match[1] ?? [])),
];

/** uv before 0.10 breaks long messages at the terminal's width and draws lines before them. */
const unwrapped = (output: string): string => withoutColours(output).replace(/\n\s*[│|]?\s*/g, ' ');

/** What a tool said of the distributions it could not install. */
export interface Complaints {
  /** Those it found no wheel of, and might build if it were allowed to; as it writes them. */
  readonly withoutWheel: readonly string[];
  /** The one whose build failed. */
  readonly unbuildable: string | undefined;
}

const UNNAMED = '(a local package that does not write down its name)';

/**
 * @example "Wheels are required for `docopt` because building from source is disabled for all packages"
 * @example "Building source distributions is disabled, but attempted to build `lib`"
 * @example "Failed to build `psutil==5.0.0`"
 * @example "Failed to build `lib @ file:///home/me/lib`"
 */
export const uvComplaints = (output: string): Complaints => {
  const text = unwrapped(output);
  const unnamed = /Building source distributions is disabled(?!,)/.test(text);
  return {
    withoutWheel: matches(
      text,
      /(?:Wheels are required for|attempted to build) `([A-Za-z0-9][A-Za-z0-9._-]*)/g,
    ),
    unbuildable: /Failed to build `([^`]+?)(?: @ [^`]*)?`/.exec(text)?.[1] ?? (unnamed ? UNNAMED : undefined),
  };
};

/** Words of pip that tell of a build that failed, whatever of it. */
const PIP_BUILD_FAILED = /metadata-generation-failed|subprocess-exited-with-error|failed-wheel-build/;

/**
 * @example "ERROR: No matching distribution found for docopt==0.6.2"
 * @example "ERROR: Failed building wheel for psutil"
 * @example "ERROR: Failed to build 'psutil' when getting requirements to build wheel"
 */
export const pipComplaints = (coloured: string): Complaints => {
  const output = withoutColours(coloured);
  return {
    withoutWheel: matches(
      output,
      /No matching distribution found for ([A-Za-z0-9][^\n]*?)(?: \(from [^\n]*\))?\s*$/gm,
    ),
    unbuildable: pipUnbuildable(output),
  };
};

const pipUnbuildable = (output: string): string | undefined => {
  const named = /(?:Failed building wheel for |Failed to build ')([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(output);
  if (named !== null) return named[1];
  if (!PIP_BUILD_FAILED.test(output)) return undefined;
  return matches(output, /^(?:Collecting|Processing) (\S+)/gm).at(-1) ?? UNNAMED;
};

/** Whether a tool ran out of space: that is about the disk, not about a requirement. */
export const saysDiskFull = (output: string): boolean =>
  /No space left on device|Disk quota exceeded|\(os error 28\)|\[Errno 28\]/.test(output);
