import { standaloneOptions } from '../lines/line-options';
import { readRequirements } from '../lines/requirements-file';

/** Whether requirements files name further indexes, beside the one that is asked by default. */
export const nameFurtherIndexes = (texts: readonly string[]): boolean =>
  texts.some((text) =>
    readRequirements(text).some((line) =>
      standaloneOptions(line).some(({ known }) => known === '--extra-index-url'),
    ),
  );
