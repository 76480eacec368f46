import { redactUrls } from '../plan/redact';

const KEPT_LINES = 20;

/** The last lines of what a tool printed, without credentials, colours and progress bars: what an error shows. */
export const lastLines = (output: string): string =>
  redactUrls(output)
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
    .split(/\r\n|\n/)
    .map((line) => line.split('\r').at(-1)?.trimEnd() ?? '')
    .filter((line) => line !== '')
    .slice(-KEPT_LINES)
    .join('\n');

const matches = (output: string, pattern: RegExp): readonly string[] => [
  ...new Set([...output.matchAll(pattern)].flatMap((match) => match[1] ?? [])),
];

/** uv breaks long messages at the terminal's width and draws lines before them. */
const unwrapped = (output: string): string => output.replace(/\n\s*[│|]?\s*/g, ' ');

/**
 * The distributions that uv could take if it were allowed to build them: those it found no wheel of, and local ones.
 *
 * @example "Wheels are required for `docopt` because building from source is disabled for all packages"
 * @example "Building source distributions is disabled, but attempted to build `lib`"
 */
export const uvNeedsBuild = (output: string): readonly string[] =>
  matches(unwrapped(output), /(?:Wheels are required for|attempted to build) `([A-Za-z0-9][A-Za-z0-9._-]*)/g);

/**
 * The requirement that pip found no wheel of.
 *
 * @example "ERROR: No matching distribution found for docopt==0.6.2"
 */
export const pipNeedsBuild = (output: string): readonly string[] =>
  matches(output, /No matching distribution found for ([^\n]+?)(?: \(from [^\n]*\))?\s*$/gm).filter(
    (requirement) => !/^[^A-Za-z0-9]/.test(requirement),
  );
