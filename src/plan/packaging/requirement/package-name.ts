/**
 * A distribution's name as it is compared: lower case, with one `-` for each run of `-`, `_` and `.`.
 * Names of extras and dependency groups are compared in the same way.
 *
 * @see PEP 503, "Normalized Names"; PEP 685; PEP 735
 */
export const normalizeName = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();

/** The name that a requirement begins with, as it is compared; the whole text where it begins with none. */
export const nameInRequirement = (requirement: string): string =>
  normalizeName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement);
