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

/** The names of the variables that stand in the URLs of a requirements file. */
const namesIn = (text: string): readonly string[] =>
  readRequirements(text).flatMap((line) =>
    lineUrls(line).flatMap((url) => {
      const read = readUrl(url.text);
      return E.isRight(read) ? variablesOfUrl(read.right) : [];
    }),
  );

/** The requirements files of the user that may have a variable in a URL: such a file has another digest than its text. */
const writtenIn = ({ inputs }: InstallTask['install']): InstallTask['install']['inputs'] =>
  inputs.filter(({ digest, hashed, edits }) => hashed !== digest || edits.length > 0);

/** The requirements files as the installer reads them. */
const textsOf = async ({ install, folders }: InstallTask): Promise<readonly string[]> => {
  const written = writtenIn(install).map((input) =>
    fs.readFile(path.join(folders.input, input.path), 'utf8'),
  );
  return [...install.generated.map(({ text }) => text), ...(await Promise.all(written))];
};

/** The names of the variables that stand in the URLs of texts. */
const namesOf = (texts: readonly string[]): readonly string[] => [...new Set(texts.flatMap(namesIn))];

/** The error that variables among names have no value; undefined where all have one. */
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

/** The same of an install whose files are not gathered yet: these are read where they lie. */
export const unsetBefore = (install: InstallTask['install'], values: Values): ExecutionError | undefined => {
  const texts = [
    ...install.generated.map(({ text }) => text),
    ...writtenIn(install).map(({ from }) => textOf(from)),
  ];
  return unsetAmong(install, namesOf(texts), values);
};

/**
 * Refuses an install where a variable's value would move the host of a URL: `https://${A}@host/` asks another host where A
 * is `other/`, and the key does not have it. A variable in a URL must have a value: else its name would be sent.
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
      // This library's own have what was written in the file, and was read as a URL while it was planned.
      const value = CREDENTIAL_VARIABLE.test(name) ? undefined : (task.environment[name] ?? own[name]);
      const problem = value === undefined ? undefined : userInfoProblem(value);
      if (problem !== undefined) return E.left({ _tag: 'InvalidUrlVariable', name, problem });
    }
    return install(task);
  };
