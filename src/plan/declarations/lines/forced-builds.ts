import { lineOptions } from './line-options';
import { readRequirements } from './requirements-file';

/**
 * The names that requirements files force to be built (`--no-binary`), as they are written; `:all:` means all packages.
 * uv follows such a line even with `--only-binary :all:`, and `--only-binary :none:` makes pip forget
 * `--only-binary :all:`.
 */
export const forcedBuilds = (texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts
      .flatMap(readRequirements)
      .flatMap((line) =>
        // uv allows white space around the equals sign.
        line._tag === 'Option' ? lineOptions(line.text.replace(/^(--[a-z-]+)\s+=\s*/, '$1=')) : [],
      )
      .flatMap(({ known, value = '' }) =>
        known === '--no-binary'
          ? value.split(',').filter((name) => name !== '' && name !== ':none:')
          : known === '--only-binary' && value.split(',').includes(':none:')
            ? [':all:']
            : [],
      ),
  ),
];
