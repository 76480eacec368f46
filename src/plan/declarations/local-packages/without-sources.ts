/**
 * The name of a requirements file that also lists every local package which sources of others name
 * (`[tool.uv.sources]`). With it uv ignores those sources, as pip does. Otherwise uv would install editable ones, which
 * only work on this machine.
 */
export const WITHOUT_SOURCES = 'requirements-without-sources.txt';

/** A lock whose packages come from several indexes has one such file for each. */
const WITHOUT = /^requirements-without-sources(-\d+)?\.txt$/;

export const leavesSources = (requirements: readonly string[]): boolean =>
  requirements.some((name) => WITHOUT.test(name));
