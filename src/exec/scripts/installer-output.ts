import { redactUrls } from '../../plan/values/redact';
import { PIP_REFUSAL } from './pip-programs';
import { isForLibrary, pageWithoutFiles } from './page-without-files';

const KEPT_LINES = 20;

/** Most characters of a line to show; some tools print a whole response as one line. */
const LINE_LENGTH = 2000;

const clipped = (line: string): string =>
  line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)} …` : line;

/**
 * Removes colours and cursor controls. If FORCE_COLOR is set, as CI services do, tools print colours even into a pipe,
 * and pip hides and shows the cursor.
 */
export const withoutColours = (output: string): string => output.replace(/\u001b\[\??[0-9;]*[A-Za-z]/g, '');

/** uv's line about the Python that it only asks for a version. A reader would take that Python for the target. */
const OF_INTERPRETER =
  /^Using (?:CPython|PyPy|GraalPy|Python) \d[\w.+-]*(?: (?:environment|interpreter) at:? .*)?$/;

/** The last lines of a tool's output, as an error shows them: without credentials, colours and progress bars. */
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

/** A tool's complaints about distributions that it could not install. */
export interface Complaints {
  /** The distributions without a wheel, as the tool writes them. It might build them if that is allowed. */
  readonly withoutWheel: readonly string[];
  /** The distribution whose build failed. */
  readonly unbuildable: string | undefined;
  /** The distribution that is not a wheel, while nothing may be built yet. */
  readonly refused?: string | undefined;
}

/** Stands for a local package that uv refuses to build because it does not know the package's name. */
export const UNNAMED = '(a local package that does not write down its name)';

/** How uv names a distribution without a wheel, as a pattern for JavaScript and Python. */
export const UV_LACKS_WHEEL =
  '(?:Wheels are required for|attempted to build|Building source distributions for) `([A-Za-z0-9][A-Za-z0-9._-]*)';

/** How pip names a distribution without a wheel, as a pattern for the name alone, at the end of a line. */
export const PIP_LACKS_WHEEL = 'No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]*)';

/** How uv refuses to build a local package whose name it does not know. */
export const UNNAMED_BUILD = 'Building source distributions is disabled(?!,)';

/** How uv says that a version has only wheels for other platforms, and no source distribution. */
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

/** How pip says that a build failed, at any of its steps. */
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

/** The file of a source distribution, by which pip names it if an index or a folder has the file. */
const SOURCES = /^\S*?([A-Za-z0-9][A-Za-z0-9._-]*)-(\d[^/-]*)\.(?:tar\.gz|zip)$/;

const pipUnbuildable = (output: string): string | undefined => {
  const named = /(?:Failed building wheel for |Failed to build ')([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(output);
  if (named !== null) return named[1];
  if (!PIP_BUILD_FAILED.test(output)) return undefined;
  const begun = matches(output, /^(?:Collecting|Processing) (\S+)/gm).at(-1) ?? UNNAMED;
  return begun.replace(SOURCES, '$1==$2');
};

/** The distributions that pip has built, by its output. */
export const builtByPip = (output: string): readonly string[] =>
  matches(withoutColours(output), /^[ \t]*Created wheel for ([A-Za-z0-9][\w.-]*):/gm);

/** Whether a tool ran out of space, so that the disk and no requirement is at fault. */
export const saysDiskFull = (output: string): boolean =>
  /No space left on device|Disk quota exceeded|\(os error 28\)|\[Errno 28\]/.test(output);

/** A file that does not match the hash in the requirements. */
interface MismatchedHash {
  readonly requirement: string;
  /** The hash of the file. */
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

/** A requirement without its place, which may be a URL. */
const nameOnly = (requirement: string): string => redactUrls(requirement.split('@ ', 1)[0]?.trimEnd() ?? '');

/** Matches a name only from its start, as every letter of a long word could start a name. */
const NAME = '(?<![A-Za-z0-9._-])[A-Za-z0-9][A-Za-z0-9._-]*(?:\\[[^\\]\\s]*\\])?';

/** An index did not answer, or refused this user. Its content is then unknown, even if a tool denies a version. */
const INDEX_FAILED =
  /Retrying \(|Could not fetch URL \S+: (?!404 )|Skipping page \S+ because the|\b(?:401|403|407|5\d\d) (?:\w+ )?Error|Unauthorized|Forbidden/i;

/**
 * The requirement that no index has, or only yanked, or only for other versions of Python.
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
