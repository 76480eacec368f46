import type { Values } from './installer-environment';
import { isOn } from '../values/is-on';

type Entry = readonly [key: string, value: string];

/** Git for Windows knows this name too. */
const NO_FILE = '/dev/null';

/** What would make another tree of the same commit. The first writes Windows line ends, hooks may write anything. */
const FIXED: readonly Entry[] = [
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['core.attributesFile', NO_FILE],
  ['core.hooksPath', NO_FILE],
  ['core.sparseCheckout', 'false'],
  ['init.templateDir', NO_FILE],
];

/** Variables that name attributes or templates, which change a checkout as well. */
const DROPPED = ['GIT_ATTR_SOURCE', 'GIT_TEMPLATE_DIR'];

/** A filter of Git's settings, such as `lfs`: it writes another text than the commit holds. */
const withoutFilter = (name: string): readonly Entry[] => [
  [`filter.${name}.smudge`, ''],
  [`filter.${name}.process`, ''],
  [`filter.${name}.required`, 'false'],
];

/** Whether requirements name a repository. */
export const usesGit = (texts: readonly string[]): boolean => texts.some((text) => /\bgit\+/.test(text));

/** Whether files of Git LFS are fetched: uv's own variable says so, for pip as well. */
const fetchesLargeFiles = (values: Values): boolean => isOn(values['UV_GIT_LFS']);

const numbered = (entries: readonly Entry[], first: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${first + index}`, key],
      [`GIT_CONFIG_VALUE_${first + index}`, value],
    ]),
  );

/** As `git -c` hands settings to the programs that it starts; all versions of Git read this form. */
const quoted = ([key, value]: Entry): string => `'${`${key}=${value}`.replaceAll("'", "'\\''")}'`;

/**
 * The variables of an installer, with which every Git that it starts writes the files of a commit as they are in the commit. Git
 * takes these settings over those of files. The user's own ones stay: some say how a server is reached.
 *
 * @param filters names of the filters that Git's settings define
 */
export const withPlainCheckouts = (
  values: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
  filters: readonly string[] = [],
): Readonly<Record<string, string>> => {
  const count = Number(values['GIT_CONFIG_COUNT'] ?? '0');
  // Git stops at such a count, and says so.
  if (!Number.isInteger(count) || count < 0) return values;
  const large = fetchesLargeFiles(values);
  const entries = [
    ...FIXED,
    // Windows may not let this user make links.
    ...(platform === 'win32' ? [] : [['core.symlinks', 'true'] as const]),
    ...filters.filter((name) => !(large && name === 'lfs')).flatMap(withoutFilter),
  ];
  const before = values['GIT_CONFIG_PARAMETERS'];
  return {
    ...Object.fromEntries(Object.entries(values).filter(([name]) => !DROPPED.includes(name))),
    ...numbered(entries, count),
    GIT_CONFIG_COUNT: String(count + entries.length),
    // Git reads these after the numbered ones.
    ...(before === undefined || before === ''
      ? {}
      : { GIT_CONFIG_PARAMETERS: [before, ...entries.map(quoted)].join(' ') }),
    GIT_ATTR_NOSYSTEM: '1',
    ...(large ? {} : { GIT_LFS_SKIP_SMUDGE: '1' }),
  };
};
