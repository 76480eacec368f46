import { wheelFolder } from './wheel';

/** The folder of a wheel of `corp`. */
export const corp = (version: string, requires: readonly string[] = []): string =>
  wheelFolder('corp', { 'corp.py': `V = "${version}"\n` }, { version, requires: [...requires] });

/** Versions of `corp` among which variables and settings choose: one needs another distribution, one is a pre-release. */
export const corpVersions = (): readonly string[] => [
  corp('1'),
  corp('2', ['helper']),
  corp('3rc1'),
  wheelFolder('helper', { 'helper.py': '' }, { version: '1' }),
];
