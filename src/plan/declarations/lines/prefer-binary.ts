import type { RequirementsSnapshot } from '../../model/source-snapshot';
import { standaloneOptions } from './line-options';
import { readRequirements } from './requirements-file';

/**
 * The lines that say `--prefer-binary`, as `file:line`: pip then takes an older version that has a wheel before a newer one that has
 * none. uv has no such option, and passes the line over. Where nothing is built it decides nothing, with either.
 */
export const preferBinaryLines = ({ texts }: Pick<RequirementsSnapshot, 'texts'>): readonly string[] =>
  texts.flatMap(({ file, text }) =>
    readRequirements(text).flatMap((line) =>
      standaloneOptions(line).some(({ known }) => known === '--prefer-binary')
        ? `${file}:${line.at.from}`
        : [],
    ),
  );
