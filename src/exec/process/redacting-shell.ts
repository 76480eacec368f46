import { redactor, secretVariables } from '../../plan/values/redact';
import type { Shell } from './shell';

/** A shell that replaces the secret values of variables in the output of commands by the names of the variables. */
export const redactingShell = (shell: Shell, values: Readonly<Record<string, string>>): Shell => {
  const redact = redactor(values);
  return (command) => async () => {
    const result = await shell(command)();
    return { ...result, stdout: redact(result.stdout), output: redact(result.output) };
  };
};

/**
 * The variables that the tools of a run may print: the variables given for the run, the variables of this machine that
 * its plan names, and all others of this machine that may hold a secret, because tools and commands see them too.
 */
export const valuesOf = (
  names: readonly string[],
  own: Readonly<Record<string, string | undefined>>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  ...secretVariables(own),
  ...Object.fromEntries(
    Object.entries({ ...Object.fromEntries(names.map((name) => [name, own[name]])), ...given }).flatMap(
      ([name, value]) => (value === undefined ? [] : [[name, value]]),
    ),
  ),
});
