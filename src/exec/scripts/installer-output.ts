import { redactUrls } from '../../plan/values/redact';
import { PIP_REFUSAL } from './pip-programs';
import { isForLibrary, pageWithoutFiles } from './page-without-files';

const KEPT_LINES = 20;

/** Characters of a line that are shown; some tools print a whole response in one. */
const LINE_LENGTH = 2000;

const clipped = (line: string): string =>
  line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)} …` : line;

/**
 * Text as it reads: tools draw in colours even into a pipe where FORCE_COLOR is set, as CI services do. pip also hides and shows
 * the cursor there.
 */
export const withoutColours = (output: string): string => output.replace(/\u001b\[\??[0-9;]*[A-Za-z]/g, '');

/** uv's line about the Python that it asks for nothing but its version: it looks like the target, and is not. */
const OF_INTERPRETER =
  /^Using (?:CPython|PyPy|GraalPy|Python) \d[\w.+-]*(?: (?:environment|interpreter) at:? .*)?$/;

/** The last lines of what a tool printed, without credentials, colours and progress bars: what an error shows. */
export const lastLines = (output: string): string =>
  redactUrls(withoutColours(output))
    .split(/\r\n|\n/)
    .map((line) => line.split('\r').at(-1)?.trimEnd() ?? '')
    .filter((line) => line !== '' && !OF_INTERPRETER.test(line) && !isForLibrary(line))
    .slice(-KEPT_LINES)
    .map(clipped)
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
  /** The one that is no wheel, where nothing may be built yet. */
  readonly refused?: string | undefined;
}

/** What stands for a local package that uv refuses to build, because it does not know its name. */
export const UNNAMED = '(a local package that does not write down its name)';

/** How uv names what it has no wheel of, as a pattern for JavaScript and Python. */
export const UV_LACKS_WHEEL =
  '(?:Wheels are required for|attempted to build|Building source distributions for) `([A-Za-z0-9][A-Za-z0-9._-]*)';

/** The same of pip, for the name alone, at the end of a line. */
export const PIP_LACKS_WHEEL = 'No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]*)';

/** How uv refuses to build a local package whose name it does not know. */
export const UNNAMED_BUILD = 'Building source distributions is disabled(?!,)';

/** How uv says that a version has wheels for other platforms alone, and no source distribution. */
export const OTHER_PLATFORM = 'has no wheels with a matching platform tag';

/**
 * @example "Wheels are required for `docopt` because building from source is disabled for all packages"
 * @example "Building source distributions is disabled, but attempted to build `lib`"
 * @example "Building source distributions for `lib` is disabled"
 * @example "Failed to build `psutil==5.0.0`"
 * @example "Failed to build `lib @ file:///home/me/lib`"
 */
export const uvComplaints = (output: string): Complaints => {
  const text = unwrapped(output);
  const unnamed = new RegExp(UNNAMED_BUILD).test(text);
  return {
    withoutWheel: matches(text, new RegExp(UV_LACKS_WHEEL, 'g')),
    unbuildable: /Failed to build `([^`]+?)(?: @ [^`]*)?`/.exec(text)?.[1] ?? (unnamed ? UNNAMED : undefined),
  };
};

/** Words of pip that tell of a build that failed, whatever of it. */
const PIP_BUILD_FAILED = /metadata-generation-failed|subprocess-exited-with-error|failed-wheel-build/;

/**
 * @example "ERROR: No matching distribution found for docopt==0.6.2"
 * @example "ERROR: cdk-lambda-python: must be built: lib @ file:///home/me/lib"
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
    refused: output.split(PIP_REFUSAL)[1]?.split('\n')[0]?.trim(),
  };
};

/** A source distribution by its file, which pip names where an index or a folder had it. */
const SOURCES = /^\S*?([A-Za-z0-9][A-Za-z0-9._-]*)-(\d[^/-]*)\.(?:tar\.gz|zip)$/;

const pipUnbuildable = (output: string): string | undefined => {
  const named = /(?:Failed building wheel for |Failed to build ')([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(output);
  if (named !== null) return named[1];
  if (!PIP_BUILD_FAILED.test(output)) return undefined;
  const begun = matches(output, /^(?:Collecting|Processing) (\S+)/gm).at(-1) ?? UNNAMED;
  return begun.replace(SOURCES, '$1==$2');
};

/** The distributions that pip says it has built. */
export const builtByPip = (output: string): readonly string[] =>
  matches(withoutColours(output), /^[ \t]*Created wheel for ([A-Za-z0-9][\w.-]*):/gm);

/** Whether a tool ran out of space: that is about the disk, not about a requirement. */
export const saysDiskFull = (output: string): boolean =>
  /No space left on device|Disk quota exceeded|\(os error 28\)|\[Errno 28\]/.test(output);

/** A file whose content is not the one that the requirements have the hash of. */
interface MismatchedHash {
  readonly requirement: string;
  /** The hash that the file has. */
  readonly found: string;
}

/**
 * @example "Hash mismatch for `six==1.16.0`\n\n  Expected:\n    sha256:00…\n\n  Computed:\n    sha256:8a…"
 * @example "    six==1.16.0 from https://… (from -r r.txt (line 1)):\n  Expected sha256 00…\n  Got        8a…"
 */
export const mismatchedHash = (coloured: string): MismatchedHash | undefined => {
  const output = withoutColours(coloured);
  const [, byUv, , computed] =
    /Hash mismatch for `([^`]+)`([\s\S]*?)Computed:[\s│|]*(\w+:[0-9a-f]+)/.exec(output) ?? [];
  if (byUv !== undefined && computed !== undefined) return { requirement: nameOnly(byUv), found: computed };
  if (!output.includes('DO NOT MATCH THE HASHES')) return undefined;
  const [, byPip, hash, got] =
    /^ {4}(\S.*?)(?: from \S+)?(?: \(from [^\n]*\))?:\n[ \t]+Expected (\w+)[\s\S]*?^[ \t]+Got[ \t]+([0-9a-f]+)/m.exec(
      output,
    ) ?? [];
  return byPip === undefined || hash === undefined || got === undefined
    ? undefined
    : { requirement: nameOnly(byPip), found: `${hash}:${got}` };
};

/** A requirement without where it is, which may be a URL. */
const nameOnly = (requirement: string): string => redactUrls(requirement.split('@ ', 1)[0]?.trimEnd() ?? '');

/** Begins where no other name goes on: of a long word each letter might begin one. */
const NAME = '(?<![A-Za-z0-9._-])[A-Za-z0-9][A-Za-z0-9._-]*(?:\\[[^\\]\\s]*\\])?';

/** An index that did not answer, or not this user: what it has is not known then, although both tools may say so. */
const INDEX_FAILED =
  /Retrying \(|Could not fetch URL \S+: (?!404 )|Skipping page \S+ because the|\b(?:401|403|407|5\d\d) (?:\w+ )?Error|Unauthorized|Forbidden/i;

/**
 * The requirement that no index has, is only there withdrawn, or for other versions of Python.
 *
 * @example "Because there is no version of six==99.0 and you require six==99.0, we can conclude …"
 * @example "Because six2 was not found in the package registry and you require six2==1, …"
 * @example "Because only six<=1.17.0 is available and you require six>=99,<100, …"
 * @example "Because only a==1 is available and a==1 was yanked (reason: broken), …"
 * @example "ERROR: No matching distribution found for six==99.0"
 */
export const missingRequirement = (output: string): string | undefined => {
  if (INDEX_FAILED.test(output) || pageWithoutFiles(output) !== undefined) return undefined;
  const text = unwrapped(output);
  const [, name] =
    new RegExp(`(${NAME}) was not found in the package registry`).exec(text) ??
    new RegExp(`only (${NAME})\\S* is available`).exec(text) ??
    [];
  const required = name === undefined ? null : new RegExp(`you require (${escaped(name)}[^\\s]*)`).exec(text);
  return (
    new RegExp(`(${NAME}==\\S+) was yanked`).exec(text)?.[1] ??
    new RegExp(`no version of (${NAME}\\S*)`).exec(text)?.[1] ??
    required?.[1]?.replace(/,$/, '') ??
    name ??
    pipComplaints(output).withoutWheel[0]
  );
};

const escaped = (name: string): string => name.replace(/[.[\]]/g, '\\$&');
