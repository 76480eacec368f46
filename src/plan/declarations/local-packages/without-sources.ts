/**
 * The requirements file that names, beside what is declared, all local packages which the sources of others name
 * (`[tool.uv.sources]`). With it uv leaves those sources alone, as pip does: it would install editable ones in a way that only
 * works on this machine.
 */
export const WITHOUT_SOURCES = 'requirements-without-sources.txt';

/** A lock whose packages come from several indexes has a file for each. */
const WITHOUT = /^requirements-without-sources(-\d+)?\.txt$/;

export const leavesSources = (requirements: readonly string[]): boolean =>
  requirements.some((name) => WITHOUT.test(name));
