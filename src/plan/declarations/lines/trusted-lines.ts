import { standaloneOptions } from './line-options';
import { readRequirements } from './requirements-file';

/**
 * The hosts of `--trusted-host` in requirements files. uv ignores these lines.
 *
 * @param texts the contents of the requirements files
 */
export const trustedByLines = (texts: readonly string[]): readonly string[] =>
  texts
    .filter((text) => text.includes('--trusted-host'))
    .flatMap(readRequirements)
    .flatMap(standaloneOptions)
    .flatMap(({ known, value }) => (known === '--trusted-host' && value !== undefined ? [value] : []));
