import { lineOptions } from './declarations/line-options';
import { logicalLines } from './declarations/logical-lines';
import type { WhatToInstall } from './host-install';
import { isPinned } from './host-install';
import type { Values } from './installer-environment';
import { has } from './installer-environment';

/** Variables with which uv gets further indexes. */
const FURTHER = ['UV_INDEX', 'UV_EXTRA_INDEX_URL'];

/** With this strategy uv takes the best version of all indexes, as pip does. */
const AS_PIP = 'unsafe-best-match';

const hasLine = (texts: readonly string[]): boolean =>
  texts.some((text) =>
    logicalLines(text).some(
      (line) =>
        line.text.startsWith('-') &&
        lineOptions(line.text).some(({ known }) => known === '--extra-index-url'),
    ),
  );

/**
 * What adds an index whose order counts, in words for a message; undefined where the order decides nothing. uv takes a package from
 * the first index that has its name. pip takes the best version of all indexes, and has no option to change that.
 *
 * @param values all variables that the installer gets, in uv's names as well
 * @param texts those of the requirements files
 */
export const orderedIndexes = (
  what: Pick<WhatToInstall, 'isLocked' | 'isHashed'>,
  values: Values,
  texts: readonly string[],
): string | undefined => {
  if (isPinned(what) || values['UV_INDEX_STRATEGY'] === AS_PIP) return undefined;
  if (hasLine(texts)) return '`dependencies.extraIndexes` or `--extra-index-url` of the requirements';
  const name = FURTHER.find((each) => has(values, each));
  return name === undefined ? undefined : `the variable ${name}, or a setting of uv that means the same,`;
};
