import * as path from 'node:path';
import { textOf } from '../files/requirement-texts';

/** A variable, and the place of the URL that names it: `FILE:LINE`. */
interface UnsetVariable {
  readonly name: string;
  readonly place: string;
}

/** The files of a project that may have such a URL: the declaration, its includes, and the manifests beside it. */
const filesOf = (declaration: string, others: readonly string[]): readonly string[] => [
  declaration,
  ...others,
  ...['pyproject.toml', 'Pipfile'].map((name) => path.join(path.dirname(declaration), name)),
];

/** The app's option for an index, by the line that planning makes of it. */
const optionOf = (made: readonly string[], name: string): string | undefined => {
  const line = made.flatMap((text) => text.split('\n')).find((each) => each.includes(`\${${name}}`));
  if (line?.startsWith('--index-url ') === true) return '`dependencies.index`';
  return line?.startsWith('--extra-index-url ') === true ? '`dependencies.extraIndexes`' : undefined;
};

/** The place of a variable: file and line, an option of the app, or the declaration alone. */
const placeOf = (
  declaration: string,
  others: readonly string[],
  made: readonly string[],
  name: string,
): string => {
  for (const file of filesOf(declaration, others)) {
    const at = textOf(file)
      .split('\n')
      .findIndex((line) => line.includes(`\${${name}}`));
    if (at !== -1) return `${file}:${at + 1}`;
  }
  return optionOf(made, name) ?? declaration;
};

/**
 * The error for variables in URLs without a value: an installer would send their names as the password.
 *
 * @param others absolute paths of files that the declaration includes
 * @param made texts that planning made of the declaration and the options
 */
export const unsetVariables = (
  declaration: string,
  others: readonly string[],
  made: readonly string[],
  names: readonly string[],
): { readonly _tag: 'VariableNotSet'; readonly variables: readonly UnsetVariable[] } => ({
  _tag: 'VariableNotSet',
  variables: names.map((name) => ({ name, place: placeOf(declaration, others, made, name) })),
});

/** The error as a user reads it. */
export const showUnsetVariables = (variables: readonly UnsetVariable[]): string =>
  `${variables.map(({ name, place }) => `${place} has \${${name}} in a URL, and the variable is not set`).join('. ')}. Set it on this machine, or give it in \`bundling.environment\`.`;
