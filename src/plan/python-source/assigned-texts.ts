/** The module names that a module plainly assigns to one of its variables. */
export interface AssignedTexts {
  /** Names of modules, each once. */
  readonly texts: readonly string[];
  /** Whether the variable may have another value as well. */
  readonly isComputed: boolean;
}

/** Reads the names of modules that a module assigns to a name of its own, as in `BACKEND = 'a.b'`. */
export const assignedTexts = (source: string, name: string): AssignedTexts => {
  if (!source.includes(name) || !/^[\p{L}\p{N}_]+$/u.test(name)) return { texts: [], isComputed: true };
  const assignments = [
    ...source.matchAll(
      new RegExp(
        `^[ \\t]*${name}[ \\t]*(?::[^=\\n]*)?=(?!=)(?:[ \\t]*(["'])([\\p{L}_][\\p{L}\\p{N}_.]*)\\1(?=[ \\t]*(?:#|\\r?$)))?`,
        'gmu',
      ),
    ),
  ].map(([, , text]) => text);
  return {
    texts: [...new Set(assignments.flatMap((text) => text ?? []))],
    isComputed: assignments.length === 0 || assignments.includes(undefined),
  };
};
