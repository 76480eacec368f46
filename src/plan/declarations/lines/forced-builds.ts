import { lineOptions } from './line-options';
import { readRequirements } from './requirements-file';

/**
 * The names that lines of requirements files say must be built (`--no-binary`), as they are written; `:all:` is all of them.
 * uv follows such a line even with `--only-binary :all:`, and pip forgets that one at `--only-binary :none:`.
 */
export const forcedBuilds = (texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts
      .flatMap(readRequirements)
      .flatMap((line) =>
        // uv takes white space around the sign.
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
