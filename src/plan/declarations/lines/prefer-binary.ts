import type { RequirementsSnapshot } from '../../model/source-snapshot';
import { standaloneOptions } from './line-options';
import { readRequirements } from './requirements-file';

/**
 * The places (`file:line`) of `--prefer-binary`. With it, pip prefers an older version with a wheel over a newer one
 * without a wheel. uv ignores the option. If nothing may be built, the option changes nothing.
 */
export const preferBinaryLines = ({ texts }: Pick<RequirementsSnapshot, 'texts'>): readonly string[] =>
  texts.flatMap(({ file, text }) =>
    readRequirements(text).flatMap((line) =>
      standaloneOptions(line).some(({ known }) => known === '--prefer-binary')
        ? `${file}:${line.at.from}`
        : [],
    ),
  );
