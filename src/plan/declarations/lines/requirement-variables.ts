/** The variables that requirements files mention as `${NAME}`. pip and uv replace them with their values. */
export const variablesIn = (texts: readonly string[]): readonly string[] =>
  [
    ...new Set(
      texts.flatMap((text) => [...text.matchAll(/\$\{([A-Z0-9_]+)\}/g)].flatMap((match) => match[1] ?? [])),
    ),
  ].filter((name) => /^[A-Z_]/.test(name));
