import { standaloneOptions } from '../lines/line-options';
import { readRequirements } from '../lines/requirements-file';

/** Whether requirements files name indexes besides the default index. */
export const nameFurtherIndexes = (texts: readonly string[]): boolean =>
  texts.some((text) =>
    readRequirements(text).some((line) =>
      standaloneOptions(line).some(({ known }) => known === '--extra-index-url'),
    ),
  );
