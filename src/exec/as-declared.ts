import type { PlaceDigest } from '../plan/declared-content';
import { areAsDeclared } from '../plan/declared-variables';
import type { InstallPlan } from '../plan/install-plan';
import type { ExecutionError } from './execution-error';
import type { PlaceRules } from './read-place';
import { INDEX_RULES, MOUNT_RULES, readPlace } from './read-place';

/** What is wrong where variables have other values than a plan was made with. No value is in it. */
export const changedVariables = (
  install: InstallPlan | null,
  values: Readonly<Record<string, string | undefined>>,
): ExecutionError | undefined => {
  const declared = install?.declared.variables ?? null;
  return declared === null || areAsDeclared(declared, values)
    ? undefined
    : { _tag: 'VariablesChanged', names: declared.names };
};

const changed = ({ path, digest }: PlaceDigest, rules: PlaceRules): boolean =>
  readPlace(path, rules).digest !== digest;

/** What is wrong where a local index or a volume holds something else than was planned. */
export const changedPlaces = ({ declared, executor }: InstallPlan): ExecutionError | undefined => {
  const mounts = executor === 'host' ? [] : declared.mounts;
  const place =
    declared.indexes.find((each) => changed(each, INDEX_RULES)) ??
    mounts.find((each) => changed(each, MOUNT_RULES));
  return place === undefined ? undefined : { _tag: 'PlaceChanged', path: place.path };
};
