import type { InstallInput } from '../../model/install-plan';
import { ANY_USER_INFO } from '../../values/url';

/** The part of a user name and a password that no copy may hold: a `${NAME}` is a variable already. */
const literalPart = (userInfo: string, before: string): string => {
  if (!userInfo.includes('${'))
    // Over SSH a user name alone is a part of the address.
    return userInfo.includes(':') || !/ssh:\/\/$/i.test(before) ? userInfo : '';
  const password = userInfo.slice(userInfo.indexOf(':') + 1);
  return password.includes('${') ? '' : password;
};

/** Names of variables that this library puts in the place of what is written out in a file. */
export const CREDENTIAL_VARIABLE = /^CDK_LAMBDA_PYTHON_URL_\d+_\d+$/;

/** A text without what was written out in it, and the values of the variables that now stand there. */
interface WithVariables {
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

/** The names of those variables, by which a container is handed them. */
export const credentialVariables = (
  inputs: readonly InstallInput[],
  textOf: (input: InstallInput) => string,
): readonly string[] =>
  inputs.flatMap((input, place) => Object.keys(withCredentialVariables(textOf(input), place).values));
