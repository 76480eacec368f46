import { redactor, secretVariables } from '../../plan/values/redact';
import type { Shell } from './shell';

/** A shell whose commands' output has the names of variables in the place of their secret values. */
export const redactingShell = (shell: Shell, values: Readonly<Record<string, string>>): Shell => {
  const redact = redactor(values);
  return (command) => async () => {
    const result = await shell(command)();
    return { ...result, stdout: redact(result.stdout), output: redact(result.output) };
  };
};

/**
 * The variables that a run's tools may print: those given for it, those of this machine that its plan names, and others that
 * may hold a secret, as tools and commands have them as well.
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
