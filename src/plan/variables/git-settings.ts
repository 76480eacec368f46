import type { Values } from './installer-environment';
import { isOn } from '../values/is-on';

type Entry = readonly [key: string, value: string];

/** Git for Windows also knows this name. */
const NO_FILE = '/dev/null';

/**
 * Settings that could make a different tree of the same commit: `core.autocrlf` writes Windows line ends, and hooks may
 * write anything.
 */
const FIXED: readonly Entry[] = [
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['core.attributesFile', NO_FILE],
  ['core.hooksPath', NO_FILE],
  ['core.sparseCheckout', 'false'],
  ['init.templateDir', NO_FILE],
];

/** Variables for attributes and templates, which also change a checkout. */
const DROPPED = ['GIT_ATTR_SOURCE', 'GIT_TEMPLATE_DIR'];

/** Disables a filter of Git's settings, such as `lfs`. A filter writes other content than the commit has. */
const withoutFilter = (name: string): readonly Entry[] => [
  [`filter.${name}.smudge`, ''],
  [`filter.${name}.process`, ''],
  [`filter.${name}.required`, 'false'],
];

/** Whether requirements name a Git repository. */
export const usesGit = (texts: readonly string[]): boolean => texts.some((text) => /\bgit\+/.test(text));

/** Whether files of Git LFS are fetched. uv's own variable also decides this for pip. */
const fetchesLargeFiles = (values: Values): boolean => isOn(values['UV_GIT_LFS']);

const numbered = (entries: readonly Entry[], first: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${first + index}`, key],
      [`GIT_CONFIG_VALUE_${first + index}`, value],
    ]),
  );

/** Quotes a setting as `git -c` does for the programs that it starts. All versions of Git read this form. */
const quoted = ([key, value]: Entry): string => `'${`${key}=${value}`.replaceAll("'", "'\\''")}'`;

/**
 * The variables of an installer with which every Git process writes files as they are in the commit. Git prefers these
 * settings to those of files. The user's own settings stay: some of them configure how a server is reached.
 *
 * @param filters names of the filters that Git's settings define
 */
export const withPlainCheckouts = (
  values: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
  filters: readonly string[] = [],
): Readonly<Record<string, string>> => {
  const count = Number(values['GIT_CONFIG_COUNT'] ?? '0');
  // Git reports such a count as an error.
  if (!Number.isInteger(count) || count < 0) return values;
  const large = fetchesLargeFiles(values);
  const entries = [
    ...FIXED,
    // On Windows the user may not have the right to create links.
    ...(platform === 'win32' ? [] : [['core.symlinks', 'true'] as const]),
    ...filters.filter((name) => !(large && name === 'lfs')).flatMap(withoutFilter),
  ];
  const before = values['GIT_CONFIG_PARAMETERS'];
  return {
    ...Object.fromEntries(Object.entries(values).filter(([name]) => !DROPPED.includes(name))),
    ...numbered(entries, count),
    GIT_CONFIG_COUNT: String(count + entries.length),
    // Git reads these settings after the numbered ones.
    ...(before === undefined || before === ''
      ? {}
      : { GIT_CONFIG_PARAMETERS: [before, ...entries.map(quoted)].join(' ') }),
    GIT_ATTR_NOSYSTEM: '1',
    ...(large ? {} : { GIT_LFS_SKIP_SMUDGE: '1' }),
  };
};
