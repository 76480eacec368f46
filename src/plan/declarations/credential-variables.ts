import type { InstallInput } from '../install-plan';

/** What stands before the last `@` of a URL's authority; as in {@link redactUrls}, it is looked for from the colon on. */
const USER_INFO = /(?<=[a-z0-9+.-]:\/\/)[^\s/?#"<>]+(?=@)/gi;

/** Over SSH a user name alone is a part of the address; a `${NAME}` is a variable already. */
const isLiteral = (text: string, at: number, userInfo: string): boolean =>
  !userInfo.includes('${') && (userInfo.includes(':') || !/ssh:\/\/$/i.test(text.slice(at - 6, at)));

/** Names of variables that this library puts in the place of what is written out in a file. */
export const CREDENTIAL_VARIABLE = /^CDK_LAMBDA_PYTHON_URL_\d+_\d+$/;

/** A text without what was written out in it, and the values of the variables that now stand there. */
export interface WithVariables {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Puts variables in the place of the user names and passwords in the URLs of a requirements file. Both pip and uv put the
 * values back (`${NAME}`), so that no copy on a disk holds them: a run that is killed removes nothing.
 *
 * @param place the file's place among the inputs: names of variables are no file's alone
 */
export const withCredentialVariables = (text: string, place: number): WithVariables => {
  const values: Record<string, string> = {};
  const replaced = text.replace(USER_INFO, (userInfo: string, at: number) => {
    if (!isLiteral(text, at, userInfo)) return userInfo;
    const name = `CDK_LAMBDA_PYTHON_URL_${place}_${Object.keys(values).length}`;
    values[name] = userInfo;
    return `\${${name}}`;
  });
  return { text: replaced, values };
};

/** The names of those variables, by which a container is handed them. */
export const credentialVariables = (
  inputs: readonly InstallInput[],
  textOf: (input: InstallInput) => string,
): readonly string[] =>
  inputs.flatMap((input, place) => Object.keys(withCredentialVariables(textOf(input), place).values));
