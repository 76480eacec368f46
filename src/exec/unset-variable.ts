import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** A variable, and the place of the URL: `FILE:LINE`. */
interface UnsetVariable {
  readonly name: string;
  readonly place: string;
}

/** The files of a project in which the URL of an index may stand: the lock, or the manifest beside it. */
const filesOf = (declaration: string): readonly string[] => [
  declaration,
  ...['pyproject.toml', 'Pipfile'].map((name) => path.join(path.dirname(declaration), name)),
];

/** Where a variable stands: file and line, or the declaration alone. */
const placeOf = async (declaration: string, name: string): Promise<string> => {
  for (const file of filesOf(declaration)) {
    const text = await fs.readFile(file, 'utf8').catch(() => '');
    const at = text.split('\n').findIndex((line) => line.includes(`\${${name}}`));
    if (at !== -1) return `${file}:${at + 1}`;
  }
  return declaration;
};

/** The error that variables of an index's URL have no value: an installer would send their names as the password. */
export const unsetVariables = async (
  declaration: string,
  names: readonly string[],
): Promise<{ readonly _tag: 'VariableNotSet'; readonly variables: readonly UnsetVariable[] }> => ({
  _tag: 'VariableNotSet',
  variables: await Promise.all(
    names.map(async (name) => ({ name, place: await placeOf(declaration, name) })),
  ),
});

/** The error as a user reads it. */
export const showUnsetVariables = (variables: readonly UnsetVariable[]): string =>
  `${variables.map(({ name, place }) => `${place} has \${${name}} in the URL of a package index, and the variable is not set`).join('. ')}. Set it on this machine, or give it in \`bundling.environment\`.`;
