/**
 * The names that lines of requirements files say must be built (`--no-binary`), as they are written; `:all:` is all of them.
 * uv follows such a line even with `--only-binary :all:`.
 */
export const forcedBuilds = (texts: readonly string[]): readonly string[] => [
  ...new Set(
    texts
      .map((text) => text.replace(/\\\r?\n/g, ' '))
      .flatMap((text) => [...text.matchAll(/^[ \t]*--no-binary(?:[ \t]*=|[ \t])[ \t]*([^\s#]+)/gm)])
      .flatMap(([, names = '']) => names.replaceAll(/["']/g, '').split(','))
      .filter((name) => name !== '' && name !== ':none:'),
  ),
];
