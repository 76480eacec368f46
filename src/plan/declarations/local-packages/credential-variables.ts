import type { InstallInput } from '../../model/install-plan';
import { ANY_USER_INFO } from '../../values/url';

/** The literal part of a user name and password, which no copy may hold. A `${NAME}` is already a variable. */
const literalPart = (userInfo: string, before: string): string => {
  if (!userInfo.includes('${'))
    // In an SSH URL, a user name without a password is part of the address.
    return userInfo.includes(':') || !/ssh:\/\/$/i.test(before) ? userInfo : '';
  const password = userInfo.slice(userInfo.indexOf(':') + 1);
  return password.includes('${') ? '' : password;
};

/** Names of the variables that replace literal credentials in a file. */
export const CREDENTIAL_VARIABLE = /^CDK_LAMBDA_PYTHON_URL_\d+_\d+$/;

/** A text with variables in place of its literal credentials, and the values of these variables. */
interface WithVariables {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Replaces the user names and passwords in the URLs of a requirements file with variables. pip and uv insert the values
 * (`${NAME}`), so that no copy on a disk holds them: a killed run does not clean up.
 *
 * @param place the file's position among the inputs, which makes the names unique
 */
export const withCredentialVariables = (text: string, place: number): WithVariables => {
  const values: Record<string, string> = {};
  const replaced = text.replace(ANY_USER_INFO, (found: string, at: number) => {
    const userInfo = found.slice(0, -1);
    const literal = literalPart(userInfo, text.slice(at - 6, at));
    if (literal === '') return found;
    const name = `CDK_LAMBDA_PYTHON_URL_${place}_${Object.keys(values).length}`;
    values[name] = literal;
    return `${userInfo.slice(0, userInfo.length - literal.length)}\${${name}}@`;
  });
  return { text: replaced, values };
};

/** The names of these variables, for passing them to a container. */
export const credentialVariables = (
  inputs: readonly InstallInput[],
  textOf: (input: InstallInput) => string,
): readonly string[] =>
  inputs.flatMap((input, place) => Object.keys(withCredentialVariables(textOf(input), place).values));
