import { lineOptions } from './line-options';
import { logicalLines } from './logical-lines';

/** Whether requirements files name further indexes, beside the one that is asked by default. */
export const nameFurtherIndexes = (texts: readonly string[]): boolean =>
  texts.some((text) =>
    logicalLines(text).some(
      (line) =>
        line.text.startsWith('-') &&
        lineOptions(line.text).some(({ known }) => known === '--extra-index-url'),
    ),
  );
