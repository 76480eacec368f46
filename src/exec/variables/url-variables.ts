import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { CREDENTIAL_VARIABLE } from '../../plan/declarations/local-packages/credential-variables';
import { lineUrls } from '../../plan/declarations/lines/line-urls';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import type { Values } from '../../plan/variables/installer-environment';
import { readUrl, userInfoProblem, variablesOfUrl } from '../../plan/values/url';
import type { ExecutionError } from '../errors/execution-error';
import type { Install, InstallTask } from '../install/install';
import { textOf } from '../files/requirement-texts';
import { unsetVariables } from '../errors/unset-variable';

/** The names of the variables in the URLs of a requirements file. */
const namesIn = (text: string): readonly string[] =>
  readRequirements(text).flatMap((line) =>
    lineUrls(line).flatMap((url) => {
      const read = readUrl(url.text);
      return E.isRight(read) ? variablesOfUrl(read.right) : [];
    }),
  );

/** The user's requirements files that may have a variable in a URL: their digest differs from their text's. */
const writtenIn = ({ inputs }: InstallTask['install']): InstallTask['install']['inputs'] =>
  inputs.filter(({ digest, hashed, edits }) => hashed !== digest || edits.length > 0);

/** The requirements files as the installer reads them. */
const textsOf = async ({ install, folders }: InstallTask): Promise<readonly string[]> => {
  const written = writtenIn(install).map((input) =>
    fs.readFile(path.join(folders.input, input.path), 'utf8'),
  );
  return [...install.generated.map(({ text }) => text), ...(await Promise.all(written))];
};

/** The names of the variables in the URLs of several texts. */
const namesOf = (texts: readonly string[]): readonly string[] => [...new Set(texts.flatMap(namesIn))];

/** The error that some variables have no value; undefined if all have one. */
const unsetAmong = (
  install: InstallTask['install'],
  names: readonly string[],
  values: Values,
): ExecutionError | undefined => {
  const unset = names.filter((name) => !CREDENTIAL_VARIABLE.test(name) && (values[name] || '') === '');
  const others = writtenIn(install).map(({ from }) => from);
  return unset.length === 0 || install.declaration === null
    ? undefined
    : unsetVariables(
        install.declaration,
        others,
        install.generated.map(({ text }) => text),
        unset,
      );
};

/** The error that variables have no value, before the files are gathered: the user's own files are read. */
export const unsetBefore = (install: InstallTask['install'], values: Values): ExecutionError | undefined => {
  const texts = [
    ...install.generated.map(({ text }) => text),
    ...writtenIn(install).map(({ from }) => textOf(from)),
  ];
  return unsetAmong(install, namesOf(texts), values);
};

/**
 * Refuses an install if a variable's value would change the host of a URL: `https://${A}@host/` asks another host if A
 * is `other/`, and the key does not cover that. A variable in a URL must have a value: else its name would be sent.
 *
 * @param own the variables of this machine
 */
export const withUrlVariables =
  (own: Values, install: Install): Install =>
  async (task) => {
    const names = namesOf(await textsOf(task));
    const unset = unsetAmong(task.install, names, { ...own, ...task.environment });
    if (unset !== undefined) return E.left(unset);
    for (const name of names) {
      // This library's own variables have text from the file, which was checked as a URL during planning.
      const value = CREDENTIAL_VARIABLE.test(name) ? undefined : (task.environment[name] ?? own[name]);
      const problem = value === undefined ? undefined : userInfoProblem(value);
      if (problem !== undefined) return E.left({ _tag: 'InvalidUrlVariable', name, problem });
    }
    return install(task);
  };
