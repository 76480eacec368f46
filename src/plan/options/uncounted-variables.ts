import type { BundleRequest } from '../request/bundle-request';
import { isCredentialName } from '../values/credential-names';
import { isInstallers } from '../variables/installer-variables';
import type { PlanWarning } from '../errors/plan-warning';
import { assignedNames, readsName, textOfCommands } from '../variables/read-variables';
import { redactUrls } from '../values/redact';

/** A variable of the app that a command reads and whose value is not, or not fully, in a hash. */
export type UncountedVariable = Extract<PlanWarning, { readonly _tag: 'UncountedVariable' }>;

/**
 * The variables of `bundling.environment` that the user's commands read by name and whose values are not in the hash,
 * because they are credentials. Variables in the user name or password of a URL only give access, and variables of an
 * installer only serve its indexes, so neither count. Scripts that commands start are not examined.
 */
export const uncountedVariables = ({
  hooks,
  docker,
  withCredentials = [],
}: Pick<BundleRequest, 'hooks' | 'docker' | 'withCredentials'>): readonly UncountedVariable[] => {
  const text = redactUrls(
    textOfCommands([
      ...hooks.before,
      ...hooks.after,
      ...(docker.entrypoint ?? []),
      ...(docker.command ?? []),
    ]),
  );
  const assigned = assignedNames(text);
  const isRead = (name: string): boolean =>
    !isInstallers(name) && !assigned.has(name) && readsName(text, name);
  const names = docker.environment.filter((name) => isCredentialName(name) && isRead(name)).sort();
  const urls = withCredentials.filter(isRead);
  return names.length + urls.length === 0 ? [] : [{ _tag: 'UncountedVariable', names, urls }];
};
