import { clean, explain, satisfies, valid, validRange } from '@renovatebot/pep440';

const RELEASE = /^((?:\d+!)?\d+)((?:\.\d+)*)(?![\d.])/;

const withoutZeros = (parts: string): string => {
  const numbers = parts.split('.');
  while (/^0+$/.test(numbers.at(-1) ?? '')) numbers.pop();
  return numbers.join('.');
};

/** Normalizes a version, and removes trailing zeros of its release: `1.0.0-Alpha` becomes `1a0`. */
const normalizeVersion = (version: string): string => {
  const cleaned = clean(version) ?? version.toLowerCase();
  return cleaned.replace(RELEASE, (_, first: string, rest: string) => `${first}${withoutZeros(rest)}`);
};

/** Normalizes one part of a specifier. Zeros after `~=` and in wildcards have a meaning, so they stay. */
const normalizePart = (part: string): string => {
  const [, operator = '', version = ''] = /^(===|~=|==|!=|<=|>=|<|>)?\s*(.*)$/s.exec(part) ?? [];
  if (operator === '===') return `${operator}${version.toLowerCase()}`;
  if (operator === '~=') return `${operator}${(clean(version) ?? version).toLowerCase()}`;
  return `${operator}${normalizeVersion(version)}`;
};

/** Normalizes a specifier (PEP 440), so that two that differ only in notation become equal. */
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

/** The patch levels to try; no minor version has ever had more. */
const PATCHES = Array.from({ length: 100 }, (_, patch) => patch);

/**
 * Whether any patch level of a minor version meets a `requires-python`. Lambda documents the minor version of a
 * runtime, but not its patch level.
 *
 * @param python - Such as `3.11`
 */
export const allowsPython = (requires: string, python: string): boolean =>
  // Checked once: no version meets an invalid specifier, which may be long.
  validRange(requires) &&
  PATCHES.some((patch) => satisfies(`${python}.${patch}`, requires, { prereleases: true }));

/** Whether a specifier allows a version. An invalid version is allowed, and an empty specifier allows all versions. */
export const specifierAllows = (specifier: string, version: string): boolean =>
  specifier === '' || valid(version) === null || satisfies(version, specifier, { prereleases: true });

/** Whether a specifier allows several versions and names a pre-release (PEP 440), such as `>=2.0rc1`. */
export const namesPrerelease = (specifier: string): boolean =>
  specifier
    .split(',')
    .map((part) => /^\s*(~=|!=|<=|>=|<|>)\s*(\S+)\s*$/.exec(part))
    .some((part) => part !== null && part[1] !== '!=' && (explain(part[2] ?? '')?.is_prerelease ?? false));
