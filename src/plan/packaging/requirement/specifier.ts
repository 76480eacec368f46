import { clean, explain, satisfies, valid, validRange } from '@renovatebot/pep440';

const RELEASE = /^((?:\d+!)?\d+)((?:\.\d+)*)(?![\d.])/;

const withoutZeros = (parts: string): string => {
  const numbers = parts.split('.');
  while (/^0+$/.test(numbers.at(-1) ?? '')) numbers.pop();
  return numbers.join('.');
};

/** A normalized version without zeros at the end of its release: `1.0.0-Alpha` is `1a0`. */
const normalizeVersion = (version: string): string => {
  const cleaned = clean(version) ?? version.toLowerCase();
  return cleaned.replace(RELEASE, (_, first: string, rest: string) => `${first}${withoutZeros(rest)}`);
};

/** One part of a specifier. Zeros after `~=` have a meaning, so they stay, as do those of a wildcard. */
const normalizePart = (part: string): string => {
  const [, operator = '', version = ''] = /^(===|~=|==|!=|<=|>=|<|>)?\s*(.*)$/s.exec(part) ?? [];
  if (operator === '===') return `${operator}${version.toLowerCase()}`;
  if (operator === '~=') return `${operator}${(clean(version) ?? version).toLowerCase()}`;
  return `${operator}${normalizeVersion(version)}`;
};

/** A specifier (PEP 440) in a form that is the same for two that differ only in how they are written. */
export const normalizeSpecifier = (specifier: string): string =>
  [
    ...new Set(
      specifier
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map(normalizePart),
    ),
  ]
    .sort()
    .join(',');

/** The highest patch level that is tried. No minor version has had as many. */
const PATCHES = Array.from({ length: 100 }, (_, patch) => patch);

/**
 * Whether a `requires-python` is met by some patch level of a minor version: Lambda says which minor version a function
 * runs on, and keeps the patch level to itself.
 *
 * @param python - Such as `3.11`
 */
export const allowsPython = (requires: string, python: string): boolean =>
  // Checked once: an invalid specifier is met by no version, and may be long.
  validRange(requires) &&
  PATCHES.some((patch) => satisfies(`${python}.${patch}`, requires, { prereleases: true }));

/** Whether a specifier allows a version. An invalid version is allowed, and the empty specifier allows all. */
export const specifierAllows = (specifier: string, version: string): boolean =>
  specifier === '' || valid(version) === null || satisfies(version, specifier, { prereleases: true });

/** Whether a specifier asks for more than one version and names a pre-release (PEP 440), such as `>=2.0rc1`. */
export const namesPrerelease = (specifier: string): boolean =>
  specifier
    .split(',')
    .map((part) => /^\s*(~=|!=|<=|>=|<|>)\s*(\S+)\s*$/.exec(part))
    .some((part) => part !== null && part[1] !== '!=' && (explain(part[2] ?? '')?.is_prerelease ?? false));
