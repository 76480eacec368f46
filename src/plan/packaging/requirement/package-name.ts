/**
 * Normalizes a distribution's name for comparison: lower case, and one `-` for each run of `-`, `_` and `.`. Names of
 * extras and dependency groups are normalized alike.
 *
 * @see PEP 503, "Normalized Names"; PEP 685; PEP 735
 */
export const normalizeName = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();

/** The normalized name at the beginning of a requirement; the whole text where it does not begin with a name. */
export const nameInRequirement = (requirement: string): string =>
  normalizeName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement);
