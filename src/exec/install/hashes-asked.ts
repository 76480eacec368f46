import { isRight, left } from 'fp-ts/Either';
import { isPinned } from '../../plan/install/installer-argv';
import type { Values } from '../../plan/variables/installer-environment';
import { STRICT_VARIABLES } from '../../plan/variables/installer-variables';
import { isOn } from '../../plan/values/is-on';
import type { InstallPlan } from '../../plan/model/install-plan';
import { hasHash } from '../../plan/declarations/line-checks/pinned-line';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { redactUrls } from '../../plan/values/redact';
import { declaredAt } from './declared-at';
import type { Install } from './install';
import type { MachineFiles } from '../machine/settings-files';

const firstOn = (values: Values): string | undefined => STRICT_VARIABLES.find((name) => isOn(values[name]));

/**
 * The variable or the settings file of uv or pip that demands a hash for each requirement; undefined without one. The
 * strictest value counts: an off value does not override one that is on.
 *
 * @param own the variables of this machine
 * @param given the variables of the bundle
 */
export const hashesAsked = (own: Values, given: Values, files: () => MachineFiles): string | undefined => {
  const byBundle = firstOn(given);
  if (byBundle !== undefined) return `${byBundle} of \`bundling.environment\``;
  const byMachine = firstOn(own);
  if (byMachine !== undefined) return `${byMachine} of this machine's environment`;
  const read = files();
  // The install reports settings files that cannot be read.
  if (!isRight(read)) return undefined;
  const file = [...read.right.uv, ...read.right.pip].find(
    ({ variables }) => firstOn(variables) !== undefined,
  );
  return file && `\`require-hashes\` of ${file.file}`;
};

/**
 * The locked requirements without a hash, each with its place. Local packages do not count: no lock has hashes of them,
 * and the bundle's hash covers their files.
 */
export const withoutHash = (install: InstallPlan): readonly string[] =>
  install.isLocked && !install.isHashed
    ? install.generated
        .flatMap(({ text }) => readRequirements(text))
        .flatMap((line) => {
          if (line._tag !== 'Named' || hasHash(line.text)) return [];
          const place = declaredAt(install, line.text);
          return place === null ? redactUrls(line.text) : `${redactUrls(line.text)} (${place})`;
        })
    : [];

/**
 * An install that refuses requirements without hashes if variables or settings demand hashes. Planning refuses them
 * already, but a plan may come from another machine.
 */
export const withHashesAsked =
  (own: Values, files: MachineFiles, install: Install): Install =>
  (task) => {
    const lacking = withoutHash(task.install);
    const isFine = isPinned(task.install) && lacking.length === 0;
    const by = isFine ? undefined : hashesAsked(own, task.environment, () => files);
    return by === undefined
      ? install(task)
      : Promise.resolve(
          left({
            _tag: 'VariablesRefused',
            variables: [{ _tag: 'RefusedVariable', variable: by, because: 'no hashes' }],
            lacking,
            tool: 'uv',
            other: 'pip',
            isInContainer: false,
          }),
        );
  };
