/**
 * A distribution's name as it is compared: lower case, with one `-` for each run of `-`, `_` and `.`.
 * Names of extras and dependency groups are compared in the same way.
 *
 * @see PEP 503, "Normalized Names"; PEP 685; PEP 735
 */
export const normalizeName = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase();

/** The normalized name at the start of a requirement; the whole text where it does not start with a name. */
export const nameInRequirement = (requirement: string): string =>
  normalizeName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement);
